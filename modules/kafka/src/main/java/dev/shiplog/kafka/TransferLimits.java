package dev.shiplog.kafka;

/**
 * What one client of Kafka has in hand on its way from or to the broker.
 *
 * @param fetchBytes that a reader has fetched ahead; the rest stays with Kafka. A single larger record is fetched all the same
 * @param sendBytes that a sender may have under way; what is beyond waits, then fails and is tried again
 */
public record TransferLimits(int fetchBytes, long sendBytes) {

    public static final TransferLimits USUAL = new TransferLimits(16 * 1024 * 1024, 32L * 1024 * 1024);

    /** Of a record with its headers: a command of the most bytes there may be, as a dead letter with the reason. */
    static final int RECORD_MAX_BYTES = 5 * 1024 * 1024;

    public TransferLimits {
        if (fetchBytes < 1 || sendBytes < RECORD_MAX_BYTES) {
            throw new IllegalArgumentException("at least one byte must be fetched, and a record of " + RECORD_MAX_BYTES
                    + " bytes be sent: " + fetchBytes + " and " + sendBytes);
        }
    }
}
