package dev.shiplog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.engine.stream.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    private String url;
    private Journal journal;

    @BeforeEach
    void open() throws SQLException {
        url = Database.fresh();
        journal = Journal.open(url);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void whatWasWrittenIsReadBackByteForByteAfterOpeningAgain() throws Exception {
        byte[] every = new byte[256];
        IntStream.range(0, 256).forEach(i -> every[i] = (byte) i);
        await(journal.write(List.of(new NewEvent("a", 1, new StoredEvent(every), "w"), event("a", 2))));
        journal.close();
        journal = Journal.open(url);

        var events = replay("a");
        assertThat(events).extracting(Entry::sequenceNumber).containsExactly(1L, 2L);
        assertThat(events.getFirst().event().bytes()).isEqualTo(every);
        assertThat(journal.highestSequenceNumber("a")).isEqualTo(2);
        assertThat(journal.highestSequenceNumber("unknown")).isZero();
    }

    @Test
    void aPlaceInAStreamIsTakenOnceAndTheLateWriteLeavesNothingBehind() throws Exception {
        await(journal.write(List.of(event("a", 1), event("a", 2))));
        var late = journal.write(List.of(
                new NewEvent("a", 2, new StoredEvent(bytes("other")), "late"),
                new NewEvent("a", 3, new StoredEvent(bytes("other")), "late")));

        assertThatThrownBy(() -> await(late)).hasRootCauseInstanceOf(SequenceTaken.class);
        assertThat(replay("a")).extracting(Entry::sequenceNumber).containsExactly(1L, 2L);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsRecognised() throws Exception {
        await(journal.write(List.of(event("a", 1))));
        await(journal.write(List.of(event("a", 1))));
        assertThat(replay("a")).hasSize(1);
    }

    @Test
    void oneBadWriteInACrowdDoesNotHarmTheOthers() throws Exception {
        await(journal.write(List.of(event("s7", 1))));
        List<CompletableFuture<Void>> writes = IntStream.range(0, 200)
                .mapToObj(i -> journal.write(List.of(new NewEvent("s" + i, 1, new StoredEvent(bytes("x")), "another"))))
                .toList();
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Void> write = writes.get(i);
            if (i == 7) {
                assertThatThrownBy(() -> await(write)).hasRootCauseInstanceOf(SequenceTaken.class);
            } else {
                await(write);
            }
        }
        assertThat(journal.feed().after(0, 1000)).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal.events set payload = ''",
                "delete from journal.events",
                "delete from journal.events where false",
                "truncate journal.events"
            })
    void theDatabaseItselfRefusesToChangeEvents(String sql) throws Exception {
        await(journal.write(List.of(event("a", 1))));
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("events are for ever");
        }
        assertThat(replay("a")).hasSize(1);
    }

    @Test
    void aWriteGoesOnWhenTheConnectionsAreCut() throws Exception {
        var writes = new ArrayList<CompletableFuture<Void>>();
        for (int i = 1; i <= 50; i++) {
            writes.add(journal.write(List.of(event("a", i))));
            if (i % 10 == 0) {
                cutConnections();
            }
        }
        for (CompletableFuture<Void> write : writes) {
            await(write);
        }
        assertThat(replay("a")).hasSize(50);
    }

    @Test
    void aWrongPasswordIsSaidAtOnce() {
        assertThatThrownBy(() -> Journal.open(url.replaceAll("password=.*", "password=wrong")))
                .isInstanceOf(JournalUnavailable.class)
                .hasMessageContaining("password authentication failed");
    }

    private void cutConnections() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    private List<Entry> replay(String stream) {
        var events = new ArrayList<Entry>();
        journal.replay(stream, 1, Long.MAX_VALUE, Long.MAX_VALUE, events::add);
        return events;
    }

    static NewEvent event(String stream, long number) {
        return new NewEvent(stream, number, new StoredEvent(bytes(stream + number)), "writer");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void await(CompletableFuture<Void> write) throws Exception {
        write.get(20, TimeUnit.SECONDS);
    }
}
