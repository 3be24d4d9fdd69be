package dev.shiplog.journal;

/**
 * How much may wait for the database. One more is refused at once: its actor starts anew after a pause, and asks for what
 * is owed again, so that nothing is lost but time.
 *
 * @param writes not yet committed, of one actor each
 * @param bytes of their events; a single write of any size is let in when nothing else waits
 */
public record JournalLimits(int writes, long bytes) {

    public static final JournalLimits USUAL = new JournalLimits(20_000, 128L * 1024 * 1024);

    public JournalLimits {
        if (writes < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "at least one write must be let in: " + writes + " writes, " + bytes + " bytes");
        }
    }
}
