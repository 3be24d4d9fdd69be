package dev.shiplog.kubernetes;

import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.engine.cluster.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Remembers what was told, and waits for what is to be told. */
final class Sightings implements Consumer<Sighting> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Sighting> told = new ArrayList<>();

    @Override
    public synchronized void accept(Sighting sighting) {
        told.add(sighting);
        notifyAll();
    }

    synchronized List<Sighting> told() {
        return List.copyOf(told);
    }

    /** Everything told so far is forgotten. */
    synchronized void forget() {
        told.clear();
    }

    /** The first sighting that will do, one told already or one to come. */
    synchronized Sighting await(Predicate<Sighting> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var found = told.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("not seen within " + PATIENCE + "; seen: " + told);
            }
            wait(millis);
        }
    }

    Observation awaitObservation(Predicate<Observation> wanted) throws InterruptedException {
        return observation(
                        await(sighting -> observation(sighting).filter(wanted).isPresent()))
                .orElseThrow();
    }

    List<Observation> observations() {
        return told().stream()
                .flatMap(sighting -> observation(sighting).stream())
                .toList();
    }

    private static Optional<Observation> observation(Sighting sighting) {
        return sighting instanceof Sighting.Seen seen ? Optional.of(seen.observation()) : Optional.empty();
    }
}
