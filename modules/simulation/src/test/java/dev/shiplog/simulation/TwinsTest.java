package dev.shiplog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.simulation.Twin.Version;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the cluster of the simulation against a local one, which is held against recordings of a real one: the same is asked
 * of both at random, and whenever they have come to rest Shiplog sees the same in both. Every answer is the same, too.
 *
 * <p>How long pods take, and so what is seen on the way, is left to chance in the one and fixed in the other. {@code
 * -Dtwins=1000} for more stories, {@code -Dtwin=17 -Dtwins=1} for one.
 */
class TwinsTest {

    private static final int STEPS = 30;

    /** Longer than any deadline, counted from the last pod that could become ready. */
    private static final long REST_MILLIS = 300_000;

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    static LongStream seeds() {
        long first = Long.getLong("twin", 1);
        return LongStream.range(first, first + Long.getLong("twins", 20));
    }

    @ParameterizedTest(name = "twin {0}")
    @MethodSource("seeds")
    void bothShowTheSameAtRest(long seed) throws IOException {
        try (var simulated = new SimulatedTwin(seed);
                var local = new LocalTwin(folder, VERTX)) {
            new Story(List.of(simulated, local), new SplittableRandom(seed)).run();
        }
    }

    private static final class Story {
        private final List<Twin> twins;
        private final SplittableRandom random;
        private final Wish wish;
        private final List<String> told = new ArrayList<>();

        Story(List<Twin> twins, SplittableRandom random) {
            this.twins = twins;
            this.random = random;
            this.wish = new Wish(random);
        }

        void run() {
            same("apply", twin -> twin.apply(wish.apply(wish.mark())));
            // Whether a controller looks before the next change is a matter of the moment.
            rest();
            for (int i = 0; i < STEPS; i++) {
                operate();
                if (random.nextInt(5) > 0) {
                    rest();
                } else {
                    pass(random.nextLong(3_000));
                }
            }
            rest();
        }

        private void operate() {
            switch (random.nextInt(20)) {
                case 0 -> {
                    var older = wish.apply(wish.older());
                    same("an apply of " + older.mark(), twin -> twin.apply(older));
                }
                case 1, 2 -> {
                    // Pods that have just come might need their configuration yet, or not any more.
                    rest();
                    var deletion = wish.delete(wish.mark());
                    same("delete " + deletion.objects(), twin -> twin.delete(deletion));
                }
                case 3 -> {
                    var late = wish.delete(wish.older());
                    same("a deletion of " + late.objects() + " at " + late.mark(), twin -> twin.delete(late));
                }
                case 4 -> writeAsRead();
                case 5 ->
                    same("wipe", twin -> {
                        twin.wipe();
                        return "wiped";
                    });
                case 6 -> applyAgain();
                case 7 -> pause();
                default -> same(wish.change(), twin -> twin.apply(wish.apply(wish.mark())));
            }
        }

        /** Where a rollout stops that is paused on its way depends on the moment: so not on its way. */
        private void pause() {
            rest();
            same(wish.pause(), twin -> twin.apply(wish.apply(wish.mark())));
        }

        /** Somebody reads, and writes after something else has come, or has not. */
        private void writeAsRead() {
            var key = wish.one(wish.mark()).key();
            var read = twins.stream().map(twin -> twin.version(key)).toList();
            switch (random.nextInt(4)) {
                case 0 -> same(wish.change(), twin -> twin.apply(wish.apply(wish.mark())));
                case 1 -> {
                    var deletion = wish.delete(wish.mark());
                    same("delete " + deletion.objects(), twin -> twin.delete(deletion));
                }
                default -> {}
            }
            if (random.nextBoolean()) {
                rest();
            }
            var object = wish.objects(wish.mark()).stream()
                    .filter(each -> each.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            same("a write of " + key + " as it was read", twin -> twin.write(object, read.get(twins.indexOf(twin))));
        }

        private void applyAgain() {
            same("apply", twin -> twin.apply(wish.apply(wish.mark())));
            rest();
            var before = twins.stream().map(this::versions).toList();
            same("apply again", twin -> twin.apply(wish.apply(wish.mark())));
            assertThat(twins.stream().map(this::versions)).as(this::story).isEqualTo(before);
        }

        private Map<String, Version> versions(Twin twin) {
            var versions = new TreeMap<String, Version>();
            for (ObjectKey key : twin.there()) {
                versions.put(key.toString(), twin.version(key));
            }
            return versions;
        }

        private void pass(long millis) {
            told.add(millis + " ms pass");
            twins.forEach(twin -> twin.pass(millis));
            sameWishes();
        }

        private void rest() {
            told.add("rest");
            twins.forEach(twin -> twin.pass(REST_MILLIS));
            same("look", Twin::look);
            same("objects", Twin::there);
        }

        /** What was written is there at once, whatever the controllers make of it. */
        private void sameWishes() {
            same(
                    "wishes",
                    twin -> twin.look().workloads().stream()
                            .map(seen -> List.of(
                                    seen.name(),
                                    seen.mark(),
                                    seen.generation(),
                                    seen.desired(),
                                    seen.paused(),
                                    seen.images()))
                            .toList());
        }

        private <T> void same(String what, Function<Twin, T> asked) {
            told.add(what);
            var simulated = asked.apply(twins.getFirst());
            var local = asked.apply(twins.getLast());
            told.add(lines(local));
            assertThat(lines(simulated)).as(this::story).isEqualTo(lines(local));
        }

        /** As the recordings write it: generation/observedGeneration desired|current,updated,ready,available. */
        private static String lines(Object seen) {
            return seen instanceof Observation observation
                    ? observation.workloads().stream().map(Story::line).collect(Collectors.joining("; ")) + "; "
                            + observation.services()
                    : String.valueOf(seen);
        }

        private static String line(Observation.Workload seen) {
            return "%s %s %d/%d %d|%d,%d,%d,%d %s%s%s%s"
                    .formatted(
                            seen.name(),
                            seen.mark(),
                            seen.generation(),
                            seen.observedGeneration(),
                            seen.desired(),
                            seen.current(),
                            seen.updated(),
                            seen.ready(),
                            seen.available(),
                            seen.images(),
                            seen.paused() ? " paused" : "",
                            seen.deadlineExceeded().map(" "::concat).orElse(""),
                            seen.replicaFailure().map(" "::concat).orElse(""));
        }

        private String story() {
            return String.join("\n", told);
        }
    }
}
