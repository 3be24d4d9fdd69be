package dev.shiplog.localcluster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does at random what operators do, at random moments, to one Deployment behind a Service, and checks after every write in the
 * cluster:
 *
 * <ul>
 *   <li>there are never more pods wanted than the surge allows and, while nothing but rolling updates happens, never fewer
 *       available than asked for;
 *   <li>no ReplicaSet has a negative size, and a status never counts more available than there are.
 * </ul>
 *
 * <p>Whenever everything has settled: the ReplicaSet of the current template has all that is wanted, no other has any, the
 * status is complete, and the slice holds exactly the ready pods. The seed is in the test's name: the same seed is the same story.
 */
class RandomOperationsTest {
    private static final int OPERATIONS = 24;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverHappensTheRulesHold(long seed) {
        try (TestCluster cluster = new TestCluster()) {
            new Story(cluster, new Random(seed)).run();
        }
    }

    private static final class Story {
        private final TestCluster cluster;
        private final Random random;
        private final List<String> broken = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private int wanted = 3;
        private int most = 3;
        private String image = "hello:1";
        private boolean paused;

        Story(TestCluster cluster, Random random) {
            this.cluster = cluster;
            this.random = random;
        }

        void run() {
            cluster.service("hello", "{\"app\":\"hello\"}");
            deploy();
            cluster.seconds(5);
            cluster.cluster().onLoop(() -> cluster.store().subscribe(this::check));
            for (int i = 0; i < OPERATIONS; i++) {
                operate();
                cluster.seconds(random.nextInt(100) / 30.0);
                if (i % 6 == 5) {
                    settle();
                }
            }
            settle();
            assertThat(broken).as("%s", told).isEmpty();
        }

        private void operate() {
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    image = List.of("hello:1", "hello:2", "hello:3", "hello:broken")
                            .get(random.nextInt(4));
                    deploy();
                }
                case 2, 3 -> {
                    wanted = random.nextInt(8);
                    deploy();
                }
                case 4 -> {
                    paused = !paused;
                    deploy();
                }
                default -> deletePod();
            }
        }

        private void deploy() {
            told.add(image + " x " + wanted + (paused ? " paused" : ""));
            most = Math.max(most, wanted + Math.ceilDiv(wanted, 4));
            cluster.deploy("hello", wanted, image, spec -> Json.with(spec, Json.bool(paused), "paused"));
        }

        private void deletePod() {
            List<ObjectNode> pods = cluster.list(Kinds.POD);
            if (!pods.isEmpty()) {
                ObjectNode pod = pods.get(random.nextInt(pods.size()));
                told.add("delete a pod");
                cluster.delete(Kinds.POD, Json.text(pod, "metadata", "name"));
            }
        }

        private void check(Change change) {
            if (change.key().kind().equals(Kinds.REPLICA_SET)) {
                List<ReplicaSet> sets = cluster.store().list(Kinds.REPLICA_SET).stream()
                        .map(ReplicaSet::of)
                        .toList();
                int total = ReplicaSet.sum(sets, ReplicaSet::wanted);
                if (total > most) {
                    broken.add(total + " wanted, at most " + most + " at " + told);
                }
                if (sets.stream().anyMatch(set -> set.wanted() < 0 || set.available() > set.replicas())) {
                    broken.add("impossible sizes " + sets);
                }
            }
        }

        /** Resumes with an image that works, waits, and looks at everything. */
        private void settle() {
            paused = false;
            image = image.equals("hello:broken") ? "hello:1" : image;
            deploy();
            cluster.seconds(60);
            most = wanted + Math.ceilDiv(wanted, 4);
            ObjectNode object = cluster.get(Kinds.DEPLOYMENT, "hello");
            Deployment deployment = Deployment.of(object);
            if (!Progress.isComplete(deployment, deployment.status())) {
                broken.add("not complete: " + TestCluster.counters(object) + " after " + told);
            }
            Set<String> ready = cluster.list(Kinds.POD).stream()
                    .filter(pod -> Pods.isReady(pod) && !Pods.isTerminating(pod))
                    .map(pod -> Json.text(pod, "metadata", "name"))
                    .collect(Collectors.toSet());
            Set<String> endpoints = cluster.list(Kinds.ENDPOINT_SLICE).stream()
                    .flatMap(slice -> slice.path("endpoints").valueStream())
                    .filter(endpoint -> Json.flag(endpoint, "conditions", "ready"))
                    .map(endpoint -> Json.text(endpoint, "targetRef", "name"))
                    .collect(Collectors.toSet());
            if (ready.size() != wanted || !endpoints.equals(ready)) {
                broken.add(wanted + " wanted, ready " + ready + ", endpoints " + endpoints + " after " + told);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRollingUpdateKeepsWithinItsBounds(long seed) {
        Random random = new Random(seed);
        int wanted = 1 + random.nextInt(12);
        int surge = random.nextInt(4);
        int unavailable = surge == 0 ? 1 + random.nextInt(3) : random.nextInt(3);
        Bounds bounds = Bounds.rolling(wanted, IntOrPercent.count(surge), IntOrPercent.count(unavailable));
        List<String> broken = new ArrayList<>();
        try (TestCluster cluster = new TestCluster()) {
            deploy(cluster, wanted, surge, unavailable, 1);
            cluster.seconds(5);
            cluster.cluster()
                    .onLoop(() -> cluster.store().subscribe(change -> {
                        int total = cluster.store().list(Kinds.REPLICA_SET).stream()
                                .map(ReplicaSet::of)
                                .mapToInt(ReplicaSet::wanted)
                                .sum();
                        long available = cluster.store().list(Kinds.POD).stream()
                                .filter(pod -> Pods.isActive(pod) && Pods.isReady(pod))
                                .count();
                        if (total > bounds.most() || available < bounds.fewest()) {
                            broken.add(total + " wanted, " + available + " available: " + bounds);
                        }
                    }));
            for (int version = 2; version < 6; version++) {
                deploy(cluster, wanted, surge, unavailable, version);
                cluster.seconds(random.nextInt(40) / 10.0);
            }
            cluster.seconds(60);
        }
        assertThat(broken).isEmpty();
    }

    private static void deploy(TestCluster cluster, int wanted, int surge, int unavailable, int version) {
        cluster.deploy(
                "hello",
                wanted,
                "hello:" + version,
                spec -> Json.with(
                        spec,
                        Json.parse("{\"maxSurge\":" + surge + ",\"maxUnavailable\":" + unavailable + "}"),
                        "strategy",
                        "rollingUpdate"));
    }
}
