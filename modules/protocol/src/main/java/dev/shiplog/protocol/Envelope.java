package dev.shiplog.protocol;

import dev.shiplog.domain.CommandId;
import java.util.Optional;

/**
 * What comes beside a command's bytes.
 *
 * @param contentType absent: told by the first byte
 * @param key of the record: the application
 * @param id the header {@code ce_id}; wins over the id in the message
 * @param source the header {@code ce_source}; wins over the source in the message
 * @param otherwise for a command that is named neither here nor there; absent: such a command is refused
 */
public record Envelope(
        Optional<String> contentType,
        Optional<String> key,
        Optional<String> id,
        Optional<String> source,
        Optional<CommandId> otherwise) {

    public static final Envelope NONE =
            new Envelope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static Envelope of(String contentType) {
        return new Envelope(
                Optional.of(contentType), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Envelope withKey(String application) {
        return new Envelope(contentType, Optional.of(application), id, source, otherwise);
    }

    public Envelope withId(String id, String source) {
        return new Envelope(contentType, key, Optional.of(id), Optional.of(source), otherwise);
    }

    public Envelope otherwise(CommandId named) {
        return new Envelope(contentType, key, id, source, Optional.of(named));
    }
}
