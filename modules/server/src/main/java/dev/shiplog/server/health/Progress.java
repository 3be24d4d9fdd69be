package dev.shiplog.server.health;

import dev.shiplog.journal.Entry;
import dev.shiplog.journal.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Work that follows the journal, and whether it gets on. It stands still when the same events have been in hand for long,
 * be it that the work fails again and again or that it does not return.
 */
public final class Progress implements EventFeed.Handler {

    /** A database that starts again, or a broker that changes its leader, is back within so long. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String name;
    private final EventFeed.Handler work;
    private final InstantSource clock;
    private volatile Optional<InHand> inHand = Optional.empty();

    private record InHand(long offset, Instant since, String trouble) {}

    /** @param name what stands still, for people */
    public Progress(String name, EventFeed.Handler work, InstantSource clock) {
        this.name = name;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public void handle(List<Entry> batch) throws Exception {
        long offset = batch.getFirst().position();
        var before = inHand.filter(known -> known.offset() == offset);
        var since = before.map(InHand::since).orElseGet(clock::instant);
        inHand = Optional.of(
                new InHand(offset, since, before.map(InHand::trouble).orElse("")));
        try {
            work.handle(batch);
            inHand = Optional.empty();
        } catch (Exception e) {
            inHand = Optional.of(new InHand(offset, since, String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /** Since when, where, and why it stands still; a sentence. */
    public Optional<String> standstill() {
        return inHand.filter(now -> now.since().plus(PATIENCE).isBefore(clock.instant()))
                .map(now -> name + " has stood still since " + now.since().truncatedTo(ChronoUnit.SECONDS)
                        + " at offset " + now.offset() + " of the journal: "
                        + (now.trouble().isEmpty() ? "it does not return" : now.trouble()));
    }
}
