package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import java.util.regex.Pattern;

/** The query parameter {@code timeout}, in Go's notation. */
final class Timeouts {
    private static final Pattern DURATION = Pattern.compile("([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+|0");

    private static final Pattern TOO_SHORT = Pattern.compile("[0-9.]+(ns|us|µs)");

    private Timeouts() {}

    static void check(Call call) {
        String timeout = call.query().get("timeout");
        if (!timeout.isEmpty() && !DURATION.matcher(timeout).matches()) {
            throw StatusException.badRequest(
                    "invalid timeout specified in the request URL - time: invalid duration \"" + timeout + "\"");
        }
        if (TOO_SHORT.matcher(timeout).matches()) {
            StatusException late = StatusException.of(
                    504, "Timeout", "Timeout: request did not complete within the allotted timeout", Json.object());
            // This one Status of a real server does not say what it is.
            throw new StatusException(Json.without(Json.without(late.status(), "kind"), "apiVersion"));
        }
    }
}
