package dev.shiplog.acceptance.kills;

import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.domain.CommandId;
import dev.shiplog.journal.Journal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks again and again, all through the load: first at the offsets, then at the journal. Whatever is below an offset was
 * in the journal before it was committed; where the database is away, it has to be there when it is back.
 */
final class Lookout implements AutoCloseable {

    private static final int PAUSE_MILLIS = 100;

    record Seen(int decided, int events) {}

    private final Submitter submitter;
    private final Broker broker;
    private final Journal journal;
    private final History history = new History();
    private final Set<CommandId> committed = new HashSet<>();
    private final Set<String> ahead = new TreeSet<>();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;
    private int looks;

    Lookout(Submitter submitter, String bootstrapServers, Database database) {
        this.submitter = submitter;
        this.broker = new Broker(bootstrapServers);
        this.journal = database.journal();
        this.looking = pace.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (committed.isEmpty()) {
                broker.committed()
                        .forEach((partition, offset) -> committed.addAll(submitter.before(partition, offset)));
            }
            history.read(journal);
        } catch (Exception ignored) {
            // One of the two is away. What was committed before must be in the journal at the next look.
            return;
        }
        committed.removeAll(history.effects().decided());
        committed.forEach(id -> ahead.add(id + " is below an offset and not in the journal"));
        committed.clear();
        looks++;
    }

    /** Every event that was ever seen, in order. */
    List<String> seen() throws Exception {
        return pace.submit(history::entries).get();
    }

    /** How many commands have been decided on, and how many events there are: all that was ever seen. */
    Seen counts() throws Exception {
        return pace.submit(() -> new Seen(history.effects().decided().size(), history.length()))
                .get();
    }

    /** How often both were looked at. */
    int looks() throws Exception {
        if (looking.isDone()) {
            looking.get();
        }
        return pace.submit(() -> looks).get();
    }

    /** The commands that an offset was ahead of, in words, after at least one more look. */
    Set<String> ahead() throws Exception {
        int before = looks();
        Eventually.holds("one more look at the offsets", () -> looks() > before);
        return pace.submit(() -> Set.copyOf(ahead)).get();
    }

    @Override
    public void close() {
        // Returns when a look that is on its way has broken off.
        pace.shutdownNow();
        pace.close();
        broker.close();
        journal.close();
    }
}
