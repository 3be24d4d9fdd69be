package dev.shiplog.journal;

/**
 * How much may wait for the database, and how much of it is read at once.
 *
 * @param writes not yet committed, of one actor each. One more is refused at once: its actor starts anew after a pause, and
 *     asks for what is owed again, so that nothing is lost but time
 * @param bytes of their events; a single write of any size is let in when nothing else waits
 * @param recoveries actors that read their events at once; the others wait
 * @param followedEvents that a follower has in hand; it asks for more when they are done
 * @param followedBytes of those; a single event of any size is read
 */
public record JournalLimits(int writes, long bytes, int recoveries, int followedEvents, long followedBytes) {

    public static final JournalLimits USUAL = new JournalLimits(20_000, 128L * 1024 * 1024, 64, 500, 8L * 1024 * 1024);

    public JournalLimits {
        if (writes < 1 || bytes < 1 || recoveries < 1 || followedEvents < 1 || followedBytes < 1) {
            throw new IllegalArgumentException("at least one of each must be let in: " + writes + " writes of " + bytes
                    + " bytes, " + recoveries + " recoveries, " + followedEvents + " followed events of "
                    + followedBytes
                    + " bytes");
        }
    }

    JournalLimits withWaiting(int mostWrites, long mostBytes) {
        return new JournalLimits(mostWrites, mostBytes, recoveries, followedEvents, followedBytes);
    }

    JournalLimits withRecoveries(int most) {
        return new JournalLimits(writes, bytes, most, followedEvents, followedBytes);
    }

    JournalLimits withFollowed(int events, long mostBytes) {
        return new JournalLimits(writes, bytes, recoveries, events, mostBytes);
    }
}
