package dev.shiplog.kubernetes.access;

import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.json.JsonReader;
import dev.shiplog.kubernetes.trouble.Refusal;
import java.time.Duration;
import java.util.Optional;

/** What an API server has answered. */
public final class Answer {

    private final int code;
    private final Optional<Duration> retryAfter;
    private final byte[] body;

    Answer(int code, Optional<Duration> retryAfter, byte[] body) {
        this.code = code;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    public int code() {
        return code;
    }

    /** What the server asks to wait for, if it does. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    public Json.Obj json() {
        return JsonReader.read(body).orElse(Json.EMPTY);
    }

    /** As {@link #json}, with who manages which field. */
    public Json.Obj withManagers() {
        return JsonReader.readWithManagers(body).orElse(Json.EMPTY);
    }

    public Refusal refusal() {
        return Refusal.of(code, body);
    }
}
