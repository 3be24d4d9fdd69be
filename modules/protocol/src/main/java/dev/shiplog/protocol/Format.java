package dev.shiplog.protocol;

import java.util.Locale;
import java.util.Optional;

/** The two ways in which a message is written. */
public enum Format {
    PROTOBUF("application/protobuf"),
    JSON("application/json");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The format of a content type, whose parameters and case do not matter; empty if it is neither. */
    public static Optional<Format> of(String contentType) {
        int semicolon = contentType.indexOf(';');
        var bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return switch (bare) {
            case "application/protobuf", "application/x-protobuf" -> Optional.of(PROTOBUF);
            case "application/json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}
