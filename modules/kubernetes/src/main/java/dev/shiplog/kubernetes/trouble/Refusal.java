package dev.shiplog.kubernetes.trouble;

import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an API server says when it refuses: a {@code Status}, or else plain text.
 *
 * @param code of HTTP
 * @param reason of the Status; empty where there is none, as for many mistakes in an apply
 * @param kind of what the details are about: a Kind for an invalid object, a resource for a missing one
 */
public record Refusal(int code, String reason, String message, String kind, String name, List<Cause> causes) {

    /** One of several reasons for a refusal. */
    public record Cause(String reason, String field, String message) {}

    private static final int LONGEST_TEXT = 400;

    public Refusal {
        causes = List.copyOf(causes);
    }

    public static Refusal of(int code, byte[] body) {
        return JsonReader.read(body)
                .filter(json -> json.text("kind").filter("Status"::equals).isPresent())
                .map(status -> of(code, status))
                .orElseGet(() -> new Refusal(code, "", shortened(body), "", "", List.of()));
    }

    private static Refusal of(int code, Json.Obj status) {
        var details = status.object("details");
        var causes = details.list("causes").stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .map(cause -> new Cause(text(cause, "reason"), text(cause, "field"), text(cause, "message")))
                .distinct()
                .toList();
        return new Refusal(
                code,
                text(status, "reason"),
                text(status, "message"),
                text(details, "kind"),
                text(details, "name"),
                causes);
    }

    private static String text(Json.Obj object, String name) {
        return object.text(name).orElse("");
    }

    private static String shortened(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, LONGEST_TEXT), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "no explanation" : text;
    }

    public boolean hasCause(String wanted) {
        return causes.stream().anyMatch(cause -> cause.reason().equals(wanted));
    }

    /** Whether it is about nothing but fields that belong to the manager, whatever the way they were written in. */
    public boolean isOnlyWith(String manager) {
        return code == 409 && !causes.isEmpty() && apartFrom(manager).causes().isEmpty();
    }

    /** The same, without conflicts with the manager. */
    public Refusal apartFrom(String manager) {
        var others = causes.stream()
                .filter(cause -> !cause.message().startsWith("conflict with \"" + manager + "\""))
                .toList();
        return new Refusal(code, reason, message, kind, name, others);
    }

    /** The object has changed since it was read: read it again. */
    public boolean isStale() {
        return code == 409 && !hasCause("FieldManagerConflict");
    }
}
