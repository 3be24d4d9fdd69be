package dev.shiplog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.engine.stream.StoredEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** While the database stands still, what waits for it is bounded; when it goes on, all that was let in is written. */
class JournalLimitsTest {

    private static final int EVENT_BYTES = 1_000;

    @Test
    void noMoreWritesWaitThanMay() throws Exception {
        fill(JournalLimits.USUAL.withWaiting(50, Long.MAX_VALUE), 50);
    }

    @Test
    void noMoreBytesWaitThanMay() throws Exception {
        fill(JournalLimits.USUAL.withWaiting(Integer.MAX_VALUE, 30 * EVENT_BYTES), 30);
    }

    private static void fill(JournalLimits limits, int room) throws Exception {
        String url = Database.fresh();
        try (Journal journal = Journal.open(url, limits);
                Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table journal.events in access exclusive mode");
            var letIn = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < room; i++) {
                letIn.add(journal.write(List.of(event("s" + i))));
            }
            assertThat(letIn).noneMatch(CompletableFuture::isDone);
            assertThatThrownBy(journal.write(List.of(event("late")))::get)
                    .hasRootCauseInstanceOf(JournalUnavailable.class)
                    .hasMessageContaining("wait for the database");

            connection.rollback();
            for (var write : letIn) {
                JournalTest.await(write);
            }
            JournalTest.await(journal.write(List.of(event("late"))));
            assertThat(journal.feed().after(0, 1_000)).hasSize(room + 1);
        }
    }

    private static NewEvent event(String stream) {
        return new NewEvent(stream, 1, new StoredEvent(new byte[EVENT_BYTES]), "writer");
    }
}
