package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A cluster of the simulation in which nothing goes wrong, without a world around it. */
final class SimulatedTwin implements Twin {

    private static final Witness NOBODY = new Witness() {
        @Override
        public void written(
                SimulatedCluster cluster,
                Optional<SimulatedObject> present,
                KubernetesObject object,
                Mark writerKnows) {}

        @Override
        public void deleted(SimulatedCluster cluster, ObjectKey key, SimulatedObject present) {}

        @Override
        public void routed(
                SimulatedCluster cluster,
                ApplicationName application,
                SharedRoute.Read present,
                SharedRoute.Note note,
                Mark writerKnows) {}

        @Override
        public void wiped(SimulatedCluster cluster) {}

        @Override
        public void synced(
                SimulatedCluster cluster, SimulatedObject object, int readyBefore, SimulatedDeployment deployment) {}

        @Override
        public void serves(SimulatedCluster cluster, ApplicationName application) {}

        @Override
        public void noticed(Observation seen) {}
    };

    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final SimulatedCluster cluster;

    SimulatedTwin(long seed) {
        chance = new Chance(seed);
        chance.calm();
        cluster = new SimulatedCluster(agenda, chance, Bug.NONE, NOBODY, "eu-1");
    }

    @Override
    public String apply(RolloutTask.Apply task) {
        return answer(answer -> gateway().apply(task, answer));
    }

    @Override
    public String delete(RolloutTask.Delete task) {
        return answer(answer -> gateway().delete(task, answer));
    }

    /** A new one each time: what an earlier one remembers has no part in it. */
    private SimulatedGateway gateway() {
        return new SimulatedGateway(agenda, chance, Bug.NONE, cluster);
    }

    private String answer(Consumer<Consumer<RolloutCommand>> asked) {
        var answer = new AtomicReference<String>();
        asked.accept(command -> answer.set(
                command instanceof RolloutCommand.MeetTrouble met
                        ? met.trouble().kind().toString()
                        : "done"));
        while (answer.get() == null) {
            agenda.step();
        }
        return answer.get();
    }

    @Override
    public String write(KubernetesObject object, Version read) {
        long version = read.text().map(Long::parseLong).orElse(0L);
        return cluster.apply(object, version, new Mark(0, 0)) ? "done" : "stale";
    }

    @Override
    public Version version(ObjectKey key) {
        return new Version(cluster.get(key).map(object -> Long.toString(object.version)));
    }

    @Override
    public void wipe() {
        cluster.wipe();
    }

    @Override
    public void pass(long millis) {
        agenda.pass(millis);
    }

    @Override
    public Observation look() {
        var services = cluster.observe(APPLICATION).services();
        var workloads = new ArrayList<Observation.Workload>();
        for (var object : cluster.of(APPLICATION)) {
            var deployment = object.deployment;
            if (deployment != null) {
                workloads.add(deployment.shown(object.mark(), object.revision()));
            }
        }
        return new Observation(APPLICATION, "eu-1", WHENEVER, workloads, services, Optional.empty(), List.of());
    }

    @Override
    public Set<ObjectKey> there() {
        return cluster.of(APPLICATION).stream()
                .map(object -> object.written.key())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {}
}
