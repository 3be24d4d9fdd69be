package dev.shiplog.kafka;

/** Kafka did not answer, or not as it should; it may work later. */
public final class KafkaUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public KafkaUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
