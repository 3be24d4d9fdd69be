package dev.shiplog.journal;

import dev.shiplog.engine.stream.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko's way to the {@link Journal}: the persistence id is the stream, the payload a {@link StoredEvent}, stored as the
 * bytes it carries. Created by Pekko; finds the open journal in the actor system's {@link JournalSetup}.
 */
public final class PekkoJournal extends AsyncWriteJournal {

    private static final int READERS = 8;

    private final Journal journal = context()
            .system()
            .settings()
            .setup()
            .get(JournalSetup.class)
            .orElseThrow(() -> new IllegalStateException("The actor system was made without JournalSetup.of(…)"))
            .journal();

    /** No more readers than the pool has connections to spare, so that none waits in vain for one. */
    private final ExecutorService readers = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().name("journal-reader-", 1).daemon().factory());

    /** An actor that comes back while a write of its former life is still on the way must read what becomes of it. */
    private final ConcurrentHashMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    @Override
    public void postStop() throws Exception {
        readers.shutdown();
        if (!readers.awaitTermination(5, TimeUnit.SECONDS)) {
            readers.shutdownNow();
        }
        super.postStop();
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        var writes = new ArrayList<CompletableFuture<Void>>();
        for (AtomicWrite message : messages) {
            writes.add(write(message));
        }
        return FutureConverters.asScala(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
                .thenApply(done -> Collections.nCopies(writes.size(), Optional.empty())));
    }

    private CompletableFuture<Void> write(AtomicWrite message) {
        List<NewEvent> events = CollectionConverters.asJava(message.payload()).stream()
                .map(PekkoJournal::newEvent)
                .toList();
        String stream = message.persistenceId();
        CompletableFuture<Void> write = journal.write(events);
        underWay.put(stream, write);
        return write.whenComplete((done, failure) -> underWay.remove(stream, write));
    }

    private static NewEvent newEvent(PersistentRepr message) {
        if (message.payload() instanceof StoredEvent event) {
            return new NewEvent(message.persistenceId(), message.sequenceNr(), event, message.writerUuid());
        }
        throw new IllegalArgumentException(
                "Only stored events are journaled, not " + message.payload().getClass());
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String stream, long from, long to, long limit, Consumer<PersistentRepr> replay) {
        return read(stream, () -> {
            journal.replay(stream, from, to, limit, entry -> replay.accept(message(entry)));
            return null;
        });
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String stream, long from) {
        return read(stream, () -> journal.highestSequenceNumber(stream));
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String stream, long to) {
        return FutureConverters.asScala(CompletableFuture.failedFuture(
                new UnsupportedOperationException("Events are for ever; nothing of " + stream + " is deleted.")));
    }

    private <T> Future<T> read(String stream, Supplier<T> reading) {
        CompletableFuture<Void> write = underWay.getOrDefault(stream, CompletableFuture.completedFuture(null));
        return FutureConverters.asScala(
                write.handle((done, failure) -> stream).thenApplyAsync(ended -> reading.get(), readers));
    }

    private static PersistentRepr message(Entry entry) {
        return PersistentRepr.apply(
                entry.event(),
                entry.sequenceNumber(),
                entry.stream(),
                PersistentRepr.Undefined(),
                false,
                ActorRef.noSender(),
                PersistentRepr.Undefined());
    }
}
