package dev.shiplog.server.demo;

import dev.shiplog.protocol.view.AppView;
import dev.shiplog.server.demo.Requests.Answers;
import dev.shiplog.server.demo.Row.Check;
import dev.shiplog.server.demo.Row.Look;
import dev.shiplog.server.demo.Row.Seen;
import dev.shiplog.server.demo.Row.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rows of the lab about canary and blue-green: what users get is asked of the Services themselves. */
final class ProgressiveRows {

    private static final String OLD = "1.0.0";
    private static final String NEW = "2.0.0";
    private static final int CLIENTS = 40;
    private static final int TIMES = 5;

    /** Of 200 requests a quarter, give or take what chance does in a thousand tries. */
    private static final int LEAST_PERCENT = 14;

    private static final int MOST_PERCENT = 36;

    private final Walkthrough.World world;
    private final Path releases;

    ProgressiveRows(Walkthrough.World world, Path releases) {
        this.world = world;
        this.releases = releases;
    }

    List<Row> rows() {
        return List.of(canary(), affinity(), cleanup(), blueGreen(), capacity(), switchOver(), switchBack());
    }

    private Row canary() {
        return row(
                13,
                "Canary: one pod of 2.0.0 beside three of 1.0.0, behind the same Service.",
                apply("hello-canary.yaml", " --wait --timeout 60s"),
                type("get app hello"),
                measure(
                        "hello",
                        "about one in four requests is answered by 2.0.0",
                        answers -> isQuarter(Answers.share(answers.versions(), NEW))));
    }

    private Row affinity() {
        return row(
                14,
                "Canary in production: a client stays on the version that it came to first.",
                apply("hello-canary-clients.yaml", " --wait --timeout 60s"),
                measure(
                        "hello",
                        "no client has seen both versions; the share is one of clients now",
                        answers -> answers.clients().containsKey("mixed")
                                ? Optional.of("clients: " + answers.clients())
                                : Optional.empty()),
                expect(
                        "get app says so",
                        () -> onEach(
                                "hello",
                                cluster -> cluster.weight() != null
                                        && "clients".equals(cluster.weight().of()),
                                "has no share of clients")));
    }

    private Row cleanup() {
        return row(
                15,
                "An abort takes the canary away; tried again and promoted, it becomes what is stable.",
                type("rollout abort hello --wait --timeout 60s"),
                measure("hello", "everybody is on 1.0.0 again", answers -> only(answers, OLD)),
                expect("there is no canary any more", () -> noneOf("hello-canary")),
                type("rollout retry hello --wait --timeout 60s"),
                type("rollout promote hello --wait --timeout 60s"),
                measure("hello", "everybody is on 2.0.0", answers -> only(answers, NEW)),
                expect("and there is no canary left", () -> noneOf("hello-canary")),
                type("rollout undo hello --wait --timeout 60s --to-revision 1"),
                type("rollout history hello"));
    }

    private Row blueGreen() {
        return row(
                16,
                "Blue-green: green comes up whole beside blue; users still see only 1.0.0.",
                apply("hello-blue.yaml", " --wait --timeout 60s"),
                apply("hello-green.yaml", " --wait --timeout 60s"),
                type("get app hello"),
                measure("hello", "users see 1.0.0 and nothing else", answers -> only(answers, OLD)),
                measure("hello-preview", "the preview Service shows 2.0.0", answers -> only(answers, NEW)));
    }

    private Row capacity() {
        return row(
                17,
                "That needs twice the resources: whether they are there is looked at before a pod is made.",
                apply("auth-too-big.yaml", ""),
                expect(
                        "every cluster refuses, and says what is needed and what is there",
                        () -> onEach(
                                "auth",
                                cluster -> cluster.troubles().stream()
                                        .anyMatch(trouble -> trouble.cause().equals("InsufficientCapacity")),
                                "has not refused yet")),
                type("get app auth"),
                expect("nothing of it was created", () -> noneOf("auth-green")),
                expect("and what runs was not copied for it", () -> noneOf("auth-blue")),
                type("rollout abort auth --wait --timeout 60s"));
    }

    private Row switchOver() {
        return row(
                18,
                "The switch: all requests go to 2.0.0 at once.",
                type("switch hello --to green --wait --timeout 60s"),
                measure("hello", "everybody is on 2.0.0", answers -> only(answers, NEW)));
    }

    private Row switchBack() {
        return row(
                19,
                "Back to blue, which is still kept: 1.0.0 at once.",
                type("switch hello --to blue --wait --timeout 60s"),
                measure("hello", "everybody is on 1.0.0", answers -> only(answers, OLD)),
                type("rollout history hello"));
    }

    private static Row row(int number, String told, Step... steps) {
        return new Row(number, told, List.of(steps));
    }

    private static Step type(String line) {
        return new Step.Type(line);
    }

    private Step apply(String file, String options) {
        return type("apply -f " + releases.resolve(file) + options);
    }

    private static Step expect(String what, Check check) {
        return new Step.Expect(what, check);
    }

    private Step measure(String service, String what, Function<Answers, Optional<String>> wrong) {
        return new Step.Measure(
                "curl TRAFFIC/default/" + service + "/version    # on each cluster, as " + CLIENTS + " clients, "
                        + TIMES + " times each",
                what,
                look(service, wrong));
    }

    private Look look(String service, Function<Answers, Optional<String>> wrong) {
        return () -> {
            var lines = new ArrayList<String>();
            Optional<String> missing = Optional.empty();
            for (var cluster : world.app("hello").clusters()) {
                var answers = world.answers(cluster.name(), service, CLIENTS, TIMES);
                lines.add(line(cluster, answers));
                missing = missing.or(() -> wrong.apply(answers).map(why -> cluster.name() + ": " + why));
            }
            return new Seen(lines, missing);
        };
    }

    /** {@code gke-seoul  1.0.0: 150, 2.0.0: 50 (25% of requests)}; of clients where each stays on one version. */
    private static String line(AppView.OnCluster cluster, Answers answers) {
        boolean ofClients =
                cluster.weight() != null && "clients".equals(cluster.weight().of());
        var counts = ofClients ? answers.clients() : answers.versions();
        var texts = counts.entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue())
                .collect(Collectors.joining(", "));
        var share = counts.size() > 1
                ? " (" + Answers.share(counts, NEW) + "% of " + (ofClients ? "clients" : "requests") + " on " + NEW
                        + ")"
                : "";
        return String.format("%-14s %s%s", cluster.name(), texts, share);
    }

    private static Optional<String> isQuarter(int percent) {
        return percent >= LEAST_PERCENT && percent <= MOST_PERCENT
                ? Optional.empty()
                : Optional.of(percent + "% of requests");
    }

    private static Optional<String> only(Answers answers, String version) {
        return answers.only(version) ? Optional.empty() : Optional.of("answered by " + answers.versions());
    }

    private Optional<String> noneOf(String deployment) throws Exception {
        for (var cluster : world.app("hello").clusters()) {
            if (world.objects(cluster.name(), "deployments").contains(deployment)) {
                return Optional.of(cluster.name() + " has the Deployment " + deployment);
            }
        }
        return Optional.empty();
    }

    private Optional<String> onEach(String app, Predicate<AppView.OnCluster> holds, String otherwise) throws Exception {
        return world.app(app).clusters().stream()
                .filter(cluster -> !holds.test(cluster))
                .findFirst()
                .map(cluster -> cluster.name() + " " + otherwise + ": " + cluster.phase() + ", " + cluster.message());
    }
}
