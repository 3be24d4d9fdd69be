package dev.shiplog.domain;

/**
 * What identifies a command of an application for ever: CloudEvents' source and id. The same id from the same source, for
 * the same application, is the same command, however often it arrives.
 */
public record CommandId(String source, String id) {

    @Override
    public String toString() {
        return source + "#" + id;
    }
}
