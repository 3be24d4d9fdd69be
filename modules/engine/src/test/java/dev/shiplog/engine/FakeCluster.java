package dev.shiplog.engine;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.cluster.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A cluster that carries out what it is told at once, or makes the trouble it is told to make. */
public final class FakeCluster implements ClusterGateway {

    final BlockingQueue<Assignment> applied = new LinkedBlockingQueue<>();
    volatile Optional<Trouble> trouble = Optional.empty();
    volatile boolean becomesReady = true;

    private final String name;
    private final Consumer<Sighting> sightings;

    public FakeCluster(String name, Consumer<Sighting> sightings) {
        this.name = name;
        this.sightings = sightings;
    }

    private Assignment nextApplied() throws InterruptedException {
        var assignment = applied.poll(10, TimeUnit.SECONDS);
        if (assignment == null) {
            throw new AssertionError("nothing was applied to " + name);
        }
        return assignment;
    }

    /** Writes may be repeated, when a reminder crosses their answer: earlier generations are passed over. */
    public Assignment awaitApplied(int generation) throws InterruptedException {
        var assignment = nextApplied();
        while (assignment.generation() < generation) {
            assignment = nextApplied();
        }
        return assignment;
    }

    @Override
    public void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer) {
        var generation = task.assignment().generation();
        trouble.ifPresentOrElse(met -> answer.accept(new RolloutCommand.MeetTrouble(generation, met)), () -> {
            applied.add(task.assignment());
            answer.accept(new RolloutCommand.ConfirmApplied(generation, task.leg()));
        });
    }

    @Override
    public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
        answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), task.objects()));
    }

    @Override
    public void look(RolloutTask.Watch task) {
        int available = becomesReady ? 3 : 0;
        sightings.accept(new Sighting.Seen(new Observation(
                task.application(),
                name,
                Instant.now(),
                List.of(new Observation.Workload(
                        "hello",
                        new Observation.Mark(task.generation(), task.leg()),
                        1,
                        1,
                        1,
                        3,
                        3,
                        3,
                        available,
                        available,
                        false,
                        List.of(),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                Optional.empty(),
                List.of())));
    }

    @Override
    public void close() {}
}
