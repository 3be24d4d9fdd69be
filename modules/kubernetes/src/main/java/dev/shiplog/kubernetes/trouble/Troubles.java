package dev.shiplog.kubernetes.trouble;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.release.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which trouble a refused request is, by code, reason and causes; messages are looked at only where these say nothing.
 *
 * <p>Whose fault it is matters most, since a fault of the submitter is final and anything else is tried again: a 500
 * without a reason is how an apply answers a wrong type, an unknown field or a bad quantity, so that is the
 * submitter's; only what etcd or the network between says in the same form is the server's.
 */
public final class Troubles {

    private static final Pattern QUOTA = Pattern.compile("(exceeded|failed) quota: ");
    private static final Pattern DENIED =
            Pattern.compile("admission webhook .* denied the request|violates PodSecurity|denied request:");
    private static final Pattern SERVERS_FAULT = Pattern.compile(
            "^etcdserver: |^rpc error: |context (deadline exceeded|canceled)|connection refused|failed calling webhook");

    private Troubles() {}

    /** What a refused write of the object means. */
    public static Trouble ofWrite(String cluster, ObjectKey object, Refusal refusal) {
        var about = about(object) + ": ";
        return switch (refusal.code()) {
            case 400, 405, 406, 413, 415, 422 -> new Trouble(Kind.INVALID, about + explained(refusal));
            case 403 -> forbidden(cluster, object, refusal);
            case 404 -> missing(cluster, object, refusal);
            case 409 -> conflict(object, refusal);
            case 500 -> {
                boolean submittersFault = refusal.reason().isEmpty()
                        && !SERVERS_FAULT.matcher(refusal.message()).find();
                yield submittersFault ? new Trouble(Kind.INVALID, about + refusal.message()) : ofRead(cluster, refusal);
            }
            default -> ofRead(cluster, refusal);
        };
    }

    /** What a refused read, or a refusal that has nothing to do with the object, means. */
    public static Trouble ofRead(String cluster, Refusal refusal) {
        return switch (refusal.code()) {
            case 401 ->
                new Trouble(
                        Kind.UNAUTHORIZED,
                        "cluster " + cluster + " does not accept our credentials: " + refusal.message());
            case 403 -> new Trouble(Kind.FORBIDDEN, "cluster " + cluster + ": " + refusal.message());
            case 429 -> new Trouble(Kind.THROTTLED, "cluster " + cluster + " asks for patience: " + refusal.message());
            default ->
                refusal.code() >= 500
                        ? new Trouble(
                                Kind.UNREACHABLE,
                                "cluster " + cluster + " answers " + refusal.code() + ": " + refusal.message())
                        : new Trouble(
                                Kind.UNKNOWN,
                                "cluster " + cluster + " answers " + refusal.code() + ": " + refusal.message());
        };
    }

    /** What it means that a request got no answer at all. */
    public static Trouble ofFailure(String cluster, Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var why = root instanceof TimeoutException
                        || root.getClass().getSimpleName().contains("Timeout")
                ? "no answer in time"
                : root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new Trouble(Kind.UNREACHABLE, "cluster " + cluster + " cannot be reached: " + why);
    }

    /** What the message of a condition {@code ReplicaFailure} means: pods that could not even be created. */
    public static Trouble ofReplicaFailure(String message) {
        return new Trouble(QUOTA.matcher(message).find() ? Kind.QUOTA_EXCEEDED : Kind.FORBIDDEN, message);
    }

    /** A fault in Shiplog itself while it dealt with the cluster. */
    public static Trouble ofOwnFault(String cluster, RuntimeException fault) {
        return new Trouble(Kind.UNKNOWN, "cluster " + cluster + ": a fault of Shiplog's own, see its log: " + fault);
    }

    private static Trouble forbidden(String cluster, ObjectKey object, Refusal refusal) {
        if (refusal.hasCause("NamespaceTerminating")) {
            return new Trouble(
                    Kind.NAMESPACE_MISSING,
                    "namespace \"" + object.namespace() + "\" in cluster " + cluster + " is being deleted");
        }
        if (QUOTA.matcher(refusal.message()).find()) {
            return new Trouble(Kind.QUOTA_EXCEEDED, refusal.message());
        }
        return DENIED.matcher(refusal.message()).find()
                ? new Trouble(Kind.INVALID, about(object) + ": " + refusal.message())
                : ofRead(cluster, refusal);
    }

    private static Trouble missing(String cluster, ObjectKey object, Refusal refusal) {
        if (refusal.kind().equals("namespaces")) {
            var namespace = refusal.name().isEmpty() ? object.namespace() : refusal.name();
            return new Trouble(
                    Kind.NAMESPACE_MISSING,
                    "namespace \"" + namespace + "\" not found in cluster " + cluster
                            + "; create it (kubectl create namespace " + namespace
                            + ") or leave the cluster out of the release");
        }
        return unknownKind(cluster, object);
    }

    /** Nobody was asked: the cluster is declared for certain namespaces only. */
    public static Trouble outOfBounds(String cluster, String namespace, List<String> namespaces) {
        return new Trouble(
                Kind.FORBIDDEN,
                "namespace \"" + namespace + "\" is not among those that cluster " + cluster + " is declared for ("
                        + String.join(", ", namespaces)
                        + "); add it to spec.namespaces of its cluster.yaml and grant the rights there, or leave the cluster"
                        + " out of the release");
    }

    /** The API server does not know the object's kind. */
    public static Trouble unknownKind(String cluster, ObjectKey object) {
        return new Trouble(
                Kind.INVALID,
                "cluster " + cluster + " knows no kind " + object.kind() + " of " + object.apiVersion() + " (for "
                        + about(object) + ")");
    }

    private static Trouble conflict(ObjectKey object, Refusal refusal) {
        if (!refusal.hasCause("FieldManagerConflict")) {
            return new Trouble(Kind.UNKNOWN, about(object) + ": " + refusal.message());
        }
        var byManager = refusal.causes().stream()
                .filter(cause -> cause.reason().equals("FieldManagerConflict"))
                .collect(Collectors.groupingBy(
                        cause -> cause.message().replaceFirst("^conflict with ", ""),
                        java.util.TreeMap::new,
                        Collectors.mapping(Refusal.Cause::field, Collectors.toCollection(java.util.TreeSet::new))));
        var fields = byManager.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " belongs to " + entry.getKey())
                .collect(Collectors.joining("; "));
        return new Trouble(Kind.CONFLICT, about(object) + ": " + fields);
    }

    private static String explained(Refusal refusal) {
        List<String> causes = refusal.causes().stream()
                .map(cause -> cause.field().isEmpty() ? cause.message() : cause.field() + ": " + cause.message())
                .toList();
        return causes.isEmpty() ? refusal.message() : String.join("; ", causes);
    }

    /** The object in kubectl's words: {@code deployment "hello"}. */
    public static String about(ObjectKey object) {
        return object.kind().toLowerCase(Locale.ROOT) + " \"" + object.name() + "\"";
    }
}
