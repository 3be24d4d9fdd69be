package dev.shiplog.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/** A journal that takes a write in hand and doesn't answer until it is let go: its first one, and when it is told to. */
public final class HeldJournal {

    public static final Config CONFIG = PersistenceTestKitPlugin.getInstance()
            .config()
            .withFallback(ConfigFactory.parseString("pekko.persistence.testkit.events.serialize = off"))
            .withFallback(ConfigFactory.load());

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch opened = new CountDownLatch(1);

    public HeldJournal(ActorSystem<?> system) {
        PersistenceTestKit.create(system).withPolicy((stream, operation) -> {
            if (operation instanceof WriteEvents) {
                asked.countDown();
                await(opened);
            }
            return ProcessingSuccess.getInstance();
        });
    }

    public void awaitWrite() {
        await(asked);
    }

    public void hold() {
        opened = new CountDownLatch(1);
    }

    public void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nothing came within a minute");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
