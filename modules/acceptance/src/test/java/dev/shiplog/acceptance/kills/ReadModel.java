package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.release.Rendering;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people are shown of applications, held against the history. */
record ReadModel(RunningShiplog shiplog) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where something else is shown than the history says; empty when the two agree. */
    Optional<String> difference(History history) {
        var there = history.applications().entrySet().stream()
                .filter(application -> application.getValue().exists())
                .map(Map.Entry::getKey)
                .toList();
        var shown = items("get apps -o json")
                .map(app -> app.path("namespace").asString() + "/"
                        + app.path("name").asString())
                .sorted()
                .toList();
        return history.applications().entrySet().stream()
                .map(application -> difference(application.getKey(), application.getValue()))
                .reduce(difference("applications", there, shown), (first, next) -> first.or(() -> next));
    }

    private Optional<String> difference(String name, Application application) {
        if (application.revision() == 0) {
            // All that was ever asked of it was refused.
            return Optional.empty();
        }
        var app = name.substring(name.indexOf('/') + 1);
        var shown = items("rollout history " + app + " -o json")
                .map(ReadModel::revision)
                .toList();
        return difference("revisions of " + name, revisions(application), shown)
                .or(() -> application.exists()
                        ? difference(
                                name,
                                clusters(application),
                                shownClusters(JSON.readTree(shiplog.must("get app " + app + " -o json"))))
                        : Optional.empty());
    }

    private static List<String> revisions(Application application) {
        return application.releases().values().stream()
                .map(release -> {
                    var results = new TreeMap<String, String>();
                    Objects.requireNonNull(application.progress().get(release.revision()))
                            .clusters()
                            .forEach((cluster, result) -> results.put(cluster, word(result)));
                    return release.revision() + " " + word(application.result(release.revision())) + " " + results + " "
                            + Rendering.images(release.spec().objects()) + " " + release.cause();
                })
                .toList();
    }

    private static String revision(JsonNode shown) {
        var results = new TreeMap<String, String>();
        shown.path("clusters")
                .valueStream()
                .forEach(cluster -> results.put(
                        cluster.path("name").asString(), cluster.path("outcome").asString()));
        return shown.path("revision").asInt() + " " + shown.path("outcome").asString() + " " + results + " "
                + texts(shown.path("images")) + " " + shown.path("cause").asString();
    }

    private static SortedMap<String, String> clusters(Application application) {
        var all = new TreeMap<String, String>();
        application.targets().forEach((cluster, target) -> {
            boolean isCompleted = target.standing() instanceof Target.Standing.Completed;
            all.put(
                    cluster,
                    (isCompleted ? "Healthy" : "Degraded") + " " + target.revision() + " "
                            + target.standing().getClass().getSimpleName() + " "
                            + target.serving().active().map(role -> role.word()).orElse("") + " "
                            + imagesOf(application, target));
        });
        return all;
    }

    private static List<String> imagesOf(Application application, Target target) {
        return application
                .release(target.serving().revision().orElse(0))
                .map(release -> Rendering.images(release.spec().objects()))
                .orElse(List.of());
    }

    private static SortedMap<String, String> shownClusters(JsonNode app) {
        var all = new TreeMap<String, String>();
        app.path("clusters")
                .valueStream()
                .forEach(cluster -> all.put(
                        cluster.path("name").asString(),
                        cluster.path("phase").asString() + " "
                                + cluster.path("revision").asInt() + " "
                                + cluster.path("standing").asString() + " "
                                + cluster.path("active").asString("") + " "
                                + texts(cluster.at("/workloads/0/images"))));
        return all;
    }

    private Stream<JsonNode> items(String line) {
        var shown = JSON.readTree(shiplog.must(line));
        return (shown.isArray() ? shown : shown.path("items")).valueStream();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.toList());
    }

    /** {@code IN_PROGRESS} is shown as {@code InProgress}. */
    private static String word(ReleaseResult result) {
        return Arrays.stream(result.name().split("_", -1))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static Optional<String> difference(String what, Object wanted, Object shown) {
        return wanted.equals(shown)
                ? Optional.empty()
                : Optional.of(what + ": the history says " + wanted + ", shown is " + shown);
    }
}
