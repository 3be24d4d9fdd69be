package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.selector.FieldSelector;
import dev.shiplog.localcluster.selector.LabelSelectorParser;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.watch.Selection;
import java.util.List;

/** The query of a list or a watch, checked. */
record ListOptions(Selection selection, String resourceVersion, String match, long limit, String continuation) {

    static ListOptions of(Query query, Target target) {
        String version = query.get("resourceVersion");
        String match = query.get("resourceVersionMatch");
        boolean watch = query.flag("watch");
        if (query.flag("sendInitialEvents") && watch && !match.equals("NotOlderThan")) {
            throw invalid("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (!match.isEmpty() && version.isEmpty() && !query.has("sendInitialEvents")) {
            throw invalid("resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (match.equals("Exact") && version.equals("0")) {
            throw invalid("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
        number("resourceVersion", version);
        return new ListOptions(
                selection(query, target),
                version,
                match,
                Math.max(0, limit(query.get("limit"))),
                query.get("continue"));
    }

    private static Selection selection(Query query, Target target) {
        String fields = query.get("fieldSelector");
        try {
            FieldSelector byField = FieldSelector.parse(target.kind(), fields);
            if (!target.name().isEmpty()) {
                byField = FieldSelector.parse(target.kind(), "metadata.name=" + target.name());
            }
            return new Selection(
                    target.kind(), target.namespace(), LabelSelectorParser.parse(query.get("labelSelector")), byField);
        } catch (IllegalArgumentException e) {
            throw StatusException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static long limit(String written) {
        if (written.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException e) {
            throw StatusException.badRequest("strconv.ParseInt: parsing \"" + written + "\": invalid syntax");
        }
    }

    static long number(String what, String version) {
        if (version.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(version);
        } catch (NumberFormatException e) {
            throw StatusException.of(
                    400,
                    "BadRequest",
                    what + ": Invalid value: \"" + version + "\": strconv.ParseUint: parsing \"" + version
                            + "\": invalid syntax");
        }
    }

    static StatusException invalid(String why) {
        return StatusException.invalid(
                "meta.k8s.io", "ListOptions", "", List.of(Cause.forbidden("resourceVersionMatch", why)));
    }

    long version() {
        return number("resourceVersion", resourceVersion);
    }
}
