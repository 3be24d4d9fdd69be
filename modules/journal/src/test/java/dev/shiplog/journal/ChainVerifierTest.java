package dev.shiplog.journal;

import static dev.shiplog.journal.JournalTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.protocol.Events;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

    private static final String STREAM = "application/default/hello";

    private Journal journal;

    @BeforeEach
    void open() throws SQLException {
        journal = Journal.open(Database.fresh());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aChainOfManyEventsIsWhole() throws Exception {
        Hash previous = Hash.NONE;
        var events = new ArrayList<NewEvent>();
        for (int number = 1; number <= 1_200; number++) {
            events.add(next(number, previous));
            previous = events.getLast().event().hash();
        }
        await(journal.write(events));
        assertThat(ChainVerifier.verify(journal, STREAM)).isEmpty();
        assertThat(ChainVerifier.verify(journal, "application/default/unknown")).isEmpty();
    }

    @Test
    void anEventThatHoldsAnotherHashIsNamed() throws Exception {
        NewEvent first = next(1, Hash.NONE);
        await(journal.write(List.of(first, next(2, Hash.of(new byte[] {1})))));
        assertThat(ChainVerifier.verify(journal, STREAM))
                .hasValueSatisfying(broken -> assertThat(broken.toString())
                        .startsWith(STREAM + "#2: it holds the hash")
                        .contains(first.event().hash().hex()));
    }

    @Test
    void aGapIsNamed() throws Exception {
        NewEvent first = next(1, Hash.NONE);
        await(journal.write(List.of(first, next(3, first.event().hash()))));
        assertThat(ChainVerifier.verify(journal, STREAM))
                .hasValueSatisfying(broken -> assertThat(broken.problem()).isEqualTo("event 2 is missing before it"));
    }

    private static NewEvent next(long number, Hash previous) {
        var event = new Recorded<ApplicationEvent>(
                new CommandId("test", "c-" + number),
                Principal.SHIPLOG,
                "",
                Instant.EPOCH,
                "",
                new ApplicationEvent.ApplicationRemoved());
        var bytes = Events.encodeApplication(STREAM, previous.bytes(), event);
        return new NewEvent(STREAM, number, new StoredEvent(bytes), "writer");
    }
}
