package dev.shiplog.localcluster.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.ClusterSettings.NodeSettings;
import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Start, room and speed. Its name keeps it out of the ordinary tests. {@code -Dclusters}, {@code -DdeploymentsEach},
 * {@code -Dreplicas} and {@code -Ddeployments} say how many.
 */
class SizeBenchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final int REPLICAS = Integer.getInteger("replicas", 3);

    private final Vertx vertx = Vertx.vertx();
    private final List<LocalCluster> clusters = new ArrayList<>();

    @AfterEach
    void close() {
        clusters.forEach(LocalCluster::close);
        vertx.close().await();
    }

    @Test
    void starts() {
        List<Duration> took =
                IntStream.range(0, 21).mapToObj(i -> timed(() -> start(i))).toList();
        List<Duration> later = took.stream().skip(1).sorted().toList();
        say("start: the first %d ms, then median %d ms, slowest %d ms", took.get(0), later.get(10), later.get(19));
    }

    @Test
    void manyClusters() {
        int count = Integer.getInteger("clusters", 200);
        int each = Integer.getInteger("deploymentsEach", 20);
        long before = usedBytes();
        Duration took = timed(() -> {
            for (int i = 0; i < count; i++) {
                LocalCluster cluster = start(i);
                try (HttpClientOf client = new HttpClientOf(cluster)) {
                    for (int n = 0; n < each; n++) {
                        create(client, n);
                    }
                }
            }
            clusters.forEach(cluster -> await(() -> settled(cluster, each)));
        });
        long used = usedBytes() - before;
        System.out.printf(
                "%d clusters with %d Deployments of %d replicas: %d MiB, %d KiB each, ready after %d ms, %d threads%n",
                count,
                each,
                REPLICAS,
                used >> 20,
                (used >> 10) / count,
                took.toMillis(),
                ManagementFactory.getThreadMXBean().getThreadCount());
        Duration idle = cpuWhile(Duration.ofSeconds(10));
        System.out.printf("at rest: %d ms of processor time in 10 s%n", idle.toMillis());
    }

    @Test
    void oneBigCluster() {
        int count = Integer.getInteger("deployments", 1000);
        LocalCluster cluster = start(0);
        try (HttpClientOf client = new HttpClientOf(cluster);
                Watching watching = new Watching(cluster.url() + DEPLOYMENTS)) {
            Duration before = cpu();
            Duration creates = timed(() -> IntStream.range(0, count).forEach(n -> create(client, n)));
            Duration seen = timed(() -> await(() -> watching.added() == count));
            Duration ready = timed(() -> await(() -> settled(cluster, count)));
            List<Duration> lists = IntStream.range(0, 40)
                    .mapToObj(i -> timed(() -> assertThat(
                                    client.get(DEPLOYMENTS).body().path("items").size())
                            .isEqualTo(count)))
                    .skip(20)
                    .sorted()
                    .toList();
            say(
                    "create: %d ms; the last is seen by a watch after %d ms, all are available after %d ms",
                    creates, seen, ready.plus(seen));
            say("processor time until then: %d ms, the client's and the controllers' included", cpu().minus(before));
            say("list: fastest %d ms, median %d ms, slowest %d ms", lists.get(0), lists.get(10), lists.get(19));
            Duration change = timed(() -> {
                for (int i = 0; i < 100; i++) {
                    long known = watching.events();
                    assertThat(client.send(
                                            "PATCH",
                                            DEPLOYMENTS + "/d-" + i,
                                            "application/merge-patch+json",
                                            "{\"metadata\":{\"labels\":{\"changed\":\"yes\"}}}")
                                    .status())
                            .isEqualTo(200);
                    await(() -> watching.events() > known);
                }
            });
            say("a change and its event: %d ms for 100", change);
        }
    }

    private LocalCluster start(int number) {
        LocalCluster cluster = LocalCluster.named("cluster-" + number)
                .vertx(vertx)
                .nodes(roomy())
                .seed(number)
                .start();
        clusters.add(cluster);
        return cluster;
    }

    private static List<NodeSettings> roomy() {
        return IntStream.rangeClosed(1, 8)
                .mapToObj(i -> new NodeSettings("node-" + i, "3200", "1280Gi", "local", "zone-" + i))
                .toList();
    }

    private static void create(HttpClientOf client, int number) {
        assertThat(client.send("POST", DEPLOYMENTS + "?fieldManager=me", "application/json", """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d-%1$d","labels":{"app":"d-%1$d"}},
                 "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"d-%1$d"}},
                  "template":{"metadata":{"labels":{"app":"d-%1$d"}},"spec":{"containers":[{"name":"main",
                   "image":"kelseyhightower/hello:1.0.0","ports":[{"name":"http","containerPort":80}],
                   "resources":{"limits":{"cpu":"200m","memory":"10Mi"}},
                   "livenessProbe":{"httpGet":{"path":"/healthz","port":81}},
                   "readinessProbe":{"httpGet":{"path":"/readiness","port":81}}}]}}}}
                """.formatted(
                                        number, REPLICAS))
                        .status())
                .isEqualTo(201);
    }

    private static boolean settled(LocalCluster cluster, int deployments) {
        return cluster.onLoop(() -> cluster.store().list(Kinds.DEPLOYMENT).stream()
                        .filter(one -> Json.number(one, 0, "status", "availableReplicas") == REPLICAS)
                        .count()
                == deployments);
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static long usedBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Duration cpuWhile(Duration time) {
        Duration before = cpu();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return cpu().minus(before);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void say(String text, Duration... durations) {
        System.out.printf(
                text + "%n", List.of(durations).stream().map(Duration::toMillis).toArray());
    }
}
