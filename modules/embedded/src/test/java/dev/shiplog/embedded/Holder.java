package dev.shiplog.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process of its own that holds a data folder with everything up, to be killed by the tests. */
public final class Holder {

    private Holder() {}

    @SuppressWarnings("resource") // it is there to be killed
    public static void main(String[] arguments) throws InterruptedException {
        DataFolder folder = DataFolder.take(Path.of(arguments[0]));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.postgres());
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.kafka());
        folder.publish(new Endpoints("http://127.0.0.1:7070", kafka.bootstrapServers(), postgres.jdbcUrl(), List.of()));
        new CountDownLatch(1).await();
    }
}
