package dev.shiplog.views;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What clusters may show of {@code default/hello}. */
final class Sightings {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Trouble AWAY = new Trouble(Trouble.Kind.UNREACHABLE, "no answer from https://seoul:6443 in 10s");
    static final Trouble NO_IMAGE = new Trouble(Trouble.Kind.IMAGE_PULL, "hello:9 not found");

    private Sightings() {}

    static Observation pods(int generation, int desired, int current, int updated, int available) {
        return observation(generation, desired, current, updated, available, List.of());
    }

    static Observation observation(
            int generation, int desired, int current, int updated, int available, List<Trouble> troubles) {
        return new Observation(
                Story.name("default/hello"),
                "seoul",
                NOON,
                List.of(new Observation.Workload(
                        "hello",
                        new Observation.Mark(generation, 0),
                        1,
                        generation,
                        generation,
                        desired,
                        current,
                        updated,
                        available,
                        available,
                        false,
                        List.of("hello:1"),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                Optional.of("203.0.113.7"),
                troubles);
    }
}
