package dev.shiplog.server.demo;

import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.server.demo.Row.Check;
import dev.shiplog.server.demo.Row.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rows of the well-known lab, for {@code auth}, {@code hello} and {@code frontend}, over the demo's fleet. */
final class Walkthrough {

    private static final String HELLO = "kelseyhightower/hello:";

    /** What the tour looks at: the API's own answers. */
    interface World {
        AppView app(String name) throws Exception;

        List<RevisionView> history(String name) throws Exception;

        /** The kinds and names of the objects of an application that a cluster's own API shows. */
        List<String> objects(String cluster, String kind) throws Exception;

        /** Which versions answer so many requests of each of so many clients to a Service. */
        Requests.Answers answers(String cluster, String service, int clients, int times) throws Exception;
    }

    private final World world;
    private final Path releases;

    Walkthrough(World world, Path releases) {
        this.world = world;
        this.releases = releases;
    }

    List<Row> rows() {
        var rows = new ArrayList<>(basics());
        rows.addAll(new ProgressiveRows(world, releases).rows());
        return List.copyOf(rows);
    }

    private List<Row> basics() {
        return List.of(
                row(
                        1,
                        "What is a release made of? The schema explains itself.",
                        type("explain release.spec.strategy.rolling")),
                row(
                        2,
                        "A release creates the objects, on all three clusters at once.",
                        type("apply -f " + releases.resolve("auth.yaml") + " --wait --timeout 60s"),
                        type("apply -f " + releases.resolve("hello.yaml") + " --wait --timeout 60s"),
                        type("get app hello"),
                        expect("auth has 1 pod and hello 3 on every cluster", all(pods("auth", 1), pods("hello", 3)))),
                row(
                        3,
                        "Services belong to the release.",
                        expect(
                                "every cluster has the Services auth and hello",
                                () -> clustersWithout("services", List.of("auth", "hello")))),
                row(
                        4,
                        "So do Secrets and ConfigMaps; a Secret is sealed before it leaves this terminal.",
                        type("apply -f " + releases.resolve("frontend.yaml") + " --wait --timeout 60s"),
                        expect(
                                "the public clusters have the Secret tls-certs-… and the ConfigMap nginx-frontend-conf-…",
                                all(
                                        () -> startsWith("gke-seoul", "secrets", "tls-certs-"),
                                        () -> startsWith("gke-seoul", "configmaps", "nginx-frontend-conf-")))),
                row(
                        5,
                        "The external address shows once the cluster has given one.",
                        expect(
                                "frontend has an external address on both public clusters",
                                () -> onEach(
                                        "frontend", cluster -> cluster.externalAddress() != null, "no address yet")),
                        type("get app frontend -o wide")),
                row(
                        6,
                        "Scale up to 5 pods, then down to 3, everywhere.",
                        type("scale hello --replicas 5"),
                        type("rollout status hello --timeout 60s"),
                        expect("5 pods on every cluster", pods("hello", 5)),
                        type("scale hello --replicas 3"),
                        type("rollout status hello --timeout 60s"),
                        expect("3 pods on every cluster", pods("hello", 3))),
                row(
                        7,
                        "A new image: a new ReplicaSet grows as the old one shrinks.",
                        type("set image hello hello=" + HELLO + "2.0.0"),
                        expect(
                                "the first new pods are there, and old ones still",
                                () -> onEach(
                                        "hello",
                                        cluster -> cluster.replicas().updated() > 0
                                                && cluster.replicas().updated() < 3,
                                        "not between the two"))),
                row(8, "The history names who, when, why and where.", type("rollout history hello")),
                row(
                        9,
                        "Pause in the middle: some pods are new, the rest old.",
                        type("rollout pause hello"),
                        expect(
                                "paused with old and new pods side by side",
                                () -> onEach(
                                        "hello",
                                        cluster -> cluster.paused()
                                                && cluster.replicas().updated() > 0
                                                && cluster.replicas().current()
                                                        > cluster.replicas().updated(),
                                        "not mixed")),
                        type("get app hello")),
                row(
                        10,
                        "The status says what a rollout waits for; nobody is kept waiting here.",
                        expect("the status names the pause", () -> {
                            var app = world.app("hello");
                            return app.phase() == Phase.Paused
                                    ? Optional.empty()
                                    : Optional.of("phase is " + app.phase());
                        })),
                row(
                        11,
                        "Resume: it goes on exactly where it was.",
                        type("rollout resume hello"),
                        type("rollout status hello --timeout 60s"),
                        expect("every pod runs 2.0.0", images("hello", HELLO + "2.0.0"))),
                row(
                        12,
                        "Undo: a new revision with the old content, scale kept.",
                        type("rollout undo hello"),
                        type("rollout status hello --timeout 60s"),
                        expect(
                                "every pod is back on 1.0.0, 3 per cluster",
                                all(images("hello", HELLO + "1.0.0"), pods("hello", 3))),
                        expect("the history has a new revision, and who asked for it", () -> {
                            var last = world.history("hello").getLast();
                            return last.origin().startsWith("undo")
                                            && last.outcome().equals("Completed")
                                    ? Optional.empty()
                                    : Optional.of("the last one is " + last.origin() + ", " + last.outcome());
                        }),
                        type("rollout history hello")));
    }

    private static Row row(int number, String told, Step... steps) {
        return new Row(number, told, List.of(steps));
    }

    private static Step type(String line) {
        return new Step.Type(line);
    }

    private static Step expect(String what, Check check) {
        return new Step.Expect(what, check);
    }

    private static Check all(Check first, Check second) {
        return () -> {
            var missing = first.missing();
            return missing.isPresent() ? missing : second.missing();
        };
    }

    private Check pods(String app, int count) {
        return () -> onEach(
                app,
                cluster -> cluster.phase() == Phase.Healthy
                        && cluster.replicas().available() == count
                        && cluster.replicas().current() == count,
                "not " + count + " pods");
    }

    private Check images(String app, String image) {
        return () -> onEach(
                app,
                cluster -> cluster.phase() == Phase.Healthy && cluster.images().equals(List.of(image)),
                "not on " + image);
    }

    private Optional<String> onEach(String app, Predicate<AppView.OnCluster> holds, String otherwise) throws Exception {
        var clusters = world.app(app).clusters();
        return clusters.isEmpty()
                ? Optional.of("on no cluster")
                : clusters.stream()
                        .filter(cluster -> !holds.test(cluster))
                        .findFirst()
                        .map(cluster -> cluster.name() + ": " + otherwise + " (" + cluster.phase() + ", "
                                + cluster.replicas() + ", " + cluster.message() + ")");
    }

    private Optional<String> clustersWithout(String kind, List<String> names) throws Exception {
        for (var cluster : world.app("hello").clusters()) {
            var present = world.objects(cluster.name(), kind);
            if (!present.containsAll(names)) {
                return Optional.of(cluster.name() + " has only " + present);
            }
        }
        return Optional.empty();
    }

    private Optional<String> startsWith(String cluster, String kind, String prefix) throws Exception {
        var present = world.objects(cluster, kind);
        return present.stream().anyMatch(name -> name.startsWith(prefix))
                ? Optional.empty()
                : Optional.of(cluster + " has only " + present);
    }
}
