package dev.shiplog.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs worlds, and tells the story of those that break a promise. */
final class Simulation {

    /** @param fingerprint the same for the same seed */
    record Result(long seed, Optional<String> failure, long fingerprint, long virtualMillis) {}

    private Simulation() {}

    static Result run(long seed, Bug bug) {
        return run(new World(seed, bug, Codecs.remembering(), false), seed);
    }

    private static Result run(World world, long seed) {
        Optional<String> failure = Optional.empty();
        try {
            world.run();
        } catch (RuntimeException e) {
            failure = Optional.of(e instanceof Violation ? String.valueOf(e.getMessage()) : trace(e));
        }
        return new Result(
                seed, failure, world.telling().fingerprint(), world.agenda().nowMillis());
    }

    private static String trace(RuntimeException e) {
        var at = e.getStackTrace();
        var places = new ArrayList<String>();
        for (int i = 0; i < Math.min(6, at.length); i++) {
            places.add(at[i].toString());
        }
        return e + " at " + String.join(" < ", places);
    }

    /** The whole story of a seed, for people. */
    static List<String> story(long seed, Bug bug) {
        return story(seed, bug, Codecs.remembering());
    }

    static List<String> story(long seed, Bug bug, Codecs codecs) {
        var world = new World(seed, bug, codecs, true);
        var result = run(world, seed);
        var lines = new ArrayList<>(world.telling().lines());
        lines.add(result.failure().map(failure -> "BROKEN " + failure).orElse("all promises kept"));
        return List.copyOf(lines);
    }
}
