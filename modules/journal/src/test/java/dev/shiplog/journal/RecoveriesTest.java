package dev.shiplog.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;

/** A database that doesn't answer, and more actors that want their events than may read at once. */
class RecoveriesTest {

    private static final int MOST = 2;
    private static final int ACTORS = 30;
    private static final Duration GLANCE = Duration.ofMillis(500);

    @Test
    void noMoreReadAtOnceThanMayAndAllAreThereInTheEnd() throws Exception {
        String url = Database.fresh();
        try (Journal journal = Journal.open(url, JournalLimits.USUAL.withRecoveries(MOST));
                Connection lock = DriverManager.getConnection(url);
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table journal.events in access exclusive mode");
            var kit = ActorTestKit.create(ActorSystem.create(
                    org.apache.pekko.actor.testkit.typed.internal.ActorTestKitGuardian.testKitGuardian(),
                    "test",
                    JournalSetup.of(journal, ConfigFactory.load())));
            try {
                var read = kit.<List<String>>createTestProbe();
                IntStream.range(0, ACTORS)
                        .forEach(number -> kit.spawn(PekkoJournalTest.Notes.create("notes/" + number))
                                .tell(new PekkoJournalTest.Notes.Read(read.ref())));
                awaitReading(url);
                long until = System.nanoTime() + GLANCE.toNanos();
                while (System.nanoTime() < until) {
                    assertThat(reading(url)).isLessThanOrEqualTo(MOST);
                }
                lock.rollback();
                read.receiveSeveralMessages(ACTORS, Duration.ofMinutes(1));
            } finally {
                kit.shutdownTestKit();
            }
        }
    }

    private static void awaitReading(String url) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (reading(url) < MOST) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static int reading(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var query = connection.createStatement();
                var row = query.executeQuery("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database() and query like '%journal.events%'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
