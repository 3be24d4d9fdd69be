package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import java.util.List;

/** Checks the query of a write. */
final class WriteOptions {
    private static final List<String> VALIDATIONS = List.of("", "Ignore", "Warn", "Strict");

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
                    "meta.k8s.io", options, "", List.of(Cause.notSupported("dryRun", "\"" + dryRun + "\"", "All")));
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
