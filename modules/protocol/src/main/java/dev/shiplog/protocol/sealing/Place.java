package dev.shiplog.protocol.sealing;

import dev.shiplog.domain.ApplicationName;
import java.nio.charset.StandardCharsets;

/**
 * Where a value belongs. It is sealed together with this, so that nobody can move it to another key, another secret or
 * another application, whose pods might show it.
 *
 * @param secret the name that the release file gives
 */
record Place(ApplicationName application, String secret, String key) {

    /** No part can hold the byte 0, so no two places give the same bytes. */
    byte[] bytes() {
        return String.join("\0", "shiplog.dev/sealed/v1", application.toString(), secret, key)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret \"" + secret + "\" of " + application + ", key \"" + key + "\"";
    }
}
