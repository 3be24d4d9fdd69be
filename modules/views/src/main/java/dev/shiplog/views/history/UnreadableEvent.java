package dev.shiplog.views.history;

/** An event of the journal that this version can't read; whatever comes after it can't be shown before it is. */
public final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    UnreadableEvent(FeedEvent event, IllegalArgumentException cause) {
        super(
                "event " + event.sequence() + " of " + event.stream() + " (offset " + event.offset()
                        + ") can't be read: " + cause.getMessage()
                        + "; run the version of Shiplog that wrote it, or a newer one",
                cause);
        this.offset = event.offset();
    }

    /** Its place in the order of all events. */
    public long offset() {
        return offset;
    }
}
