package dev.shiplog.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.shiplog.engine.stream.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PekkoJournalTest {

    private Journal journal;
    private ActorTestKit kit;

    @BeforeEach
    void open() throws SQLException {
        journal = Journal.open(Database.fresh());
        kit = start();
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        journal.close();
    }

    @Test
    void anActorComesBackWithAllItsEventsInAnotherSystem() throws Exception {
        ActorRef<Notes.Message> notes = kit.spawn(Notes.create("notes/1"));
        ask(notes, List.of("one", "two"));
        ask(notes, List.of("three"));
        kit.shutdownTestKit();
        kit = start();

        assertThat(read(kit.spawn(Notes.create("notes/1")))).containsExactly("one", "two", "three");
        assertThat(read(kit.spawn(Notes.create("notes/2")))).isEmpty();
        assertThat(journal.feed().after(0, 10))
                .extracting(entry -> entry.stream() + "#" + entry.sequenceNumber() + " "
                        + new String(entry.event().bytes(), StandardCharsets.UTF_8))
                .containsExactly("notes/1#1 one", "notes/1#2 two", "notes/1#3 three");
    }

    @Test
    void aSecondWriterOfTheSameStreamIsRefusedAndReadsAgain() throws Exception {
        ActorRef<Notes.Message> early = kit.spawn(Notes.create("notes/1"));
        ask(early, List.of("one"));
        ActorRef<Notes.Message> late = kit.spawn(Notes.create("notes/1"));
        assertThat(read(late)).containsExactly("one");

        ask(early, List.of("two"));
        late.tell(new Notes.Write(List.of("lost"), kit.<Done>createTestProbe().ref()));
        kit.createTestProbe().expectTerminated(late, Duration.ofSeconds(10));

        assertThat(read(kit.spawn(Notes.create("notes/1")))).containsExactly("one", "two");
    }

    private ActorTestKit start() {
        return ActorTestKit.create(ActorSystem.create(
                org.apache.pekko.actor.testkit.typed.internal.ActorTestKitGuardian.testKitGuardian(),
                "test",
                JournalSetup.of(journal, ConfigFactory.load())));
    }

    private void ask(ActorRef<Notes.Message> notes, List<String> texts) throws Exception {
        CompletionStage<Done> done =
                AskPattern.ask(notes, reply -> new Notes.Write(texts, reply), Duration.ofSeconds(10), kit.scheduler());
        done.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private List<String> read(ActorRef<Notes.Message> notes) throws Exception {
        CompletionStage<List<String>> texts =
                AskPattern.ask(notes, Notes.Read::new, Duration.ofSeconds(10), kit.scheduler());
        return texts.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** An actor whose events are texts. */
    static final class Notes extends EventSourcedBehavior<Notes.Message, StoredEvent, List<String>> {

        sealed interface Message {}

        record Write(List<String> texts, ActorRef<Done> reply) implements Message {}

        record Read(ActorRef<List<String>> reply) implements Message {}

        private Notes(String id) {
            super(PersistenceId.ofUniqueId(id));
        }

        static Behavior<Message> create(String id) {
            return new Notes(id);
        }

        @Override
        public List<String> emptyState() {
            return List.of();
        }

        @Override
        public CommandHandler<Message, StoredEvent, List<String>> commandHandler() {
            return (state, message) -> switch (message) {
                case Write write ->
                    Effect()
                            .persist(write.texts.stream()
                                    .map(text -> new StoredEvent(text.getBytes(StandardCharsets.UTF_8)))
                                    .toList())
                            .thenReply(write.reply, done -> Done.getInstance());
                case Read read -> Effect().none().thenReply(read.reply, same -> same);
            };
        }

        @Override
        public EventHandler<List<String>, StoredEvent> eventHandler() {
            return (state, event) -> {
                var next = new ArrayList<>(state);
                next.add(new String(event.bytes(), StandardCharsets.UTF_8));
                return next;
            };
        }
    }
}
