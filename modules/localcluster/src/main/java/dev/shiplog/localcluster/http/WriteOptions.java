package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import java.util.List;

/** Checks the query of a write. */
final class WriteOptions {
    private static final List<String> VALIDATIONS = List.of("", "Ignore", "Warn", "Strict");

    private static final int MOST_MANAGER_BYTES = 128;

    private WriteOptions() {}

    static void check(Call call) {
        String dryRun = call.query().get("dryRun");
        String options = switch (call.method()) {
            case "POST" -> "CreateOptions";
            case "PUT" -> "UpdateOptions";
            case "DELETE" -> "DeleteOptions";
            default -> "PatchOptions";
        };
        if (call.query().has("dryRun") && !dryRun.equals("All")) {
            throw StatusException.invalid(
                    "meta.k8s.io", options, "", List.of(Cause.notSupported("dryRun", "[\"" + dryRun + "\"]", "All")));
        }
        if (options.equals("PatchOptions")
                && call.query().has("force")
                && !call.contentType().equals(Writes.APPLY)) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    options,
                    "",
                    List.of(Cause.forbidden("force", "may not be specified for non-apply patch")));
        }
        if (call.query().get("fieldManager").length() > MOST_MANAGER_BYTES) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    options,
                    "",
                    List.of(new Cause(
                            "FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager")));
        }
        String validation = call.query().get("fieldValidation");
        if (!VALIDATIONS.contains(validation)) {
            throw StatusException.invalid(
                    "meta.k8s.io",
                    options,
                    "",
                    List.of(Cause.notSupported(
                            "fieldValidation", "\"" + validation + "\"", "", "Ignore", "Strict", "Warn")));
        }
    }
}
