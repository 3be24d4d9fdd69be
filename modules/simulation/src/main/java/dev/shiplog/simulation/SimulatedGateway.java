package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A node's way to one cluster, with the contract of the real gateway: per application one write after another, a newer
 * generation takes the place of an older one, each object is read, judged by its generation and written with the version
 * that was read. Calls fail before they took effect, or after.
 */
final class SimulatedGateway {

    private static final int ATTEMPTS = 6;

    private record Work(
            Mark mark, List<KubernetesObject> apply, List<ObjectKey> delete, Consumer<RolloutCommand> answer) {}

    private static final class Lane {
        final ArrayDeque<Work> waiting = new ArrayDeque<>();
        boolean running;
        Mark newest = new Mark(0, 0);
    }

    private final Agenda agenda;
    private final Chance chance;
    private final Bug bug;
    private final SimulatedCluster cluster;
    private final Map<ApplicationName, Lane> lanes = new HashMap<>();
    private boolean closed;

    SimulatedGateway(Agenda agenda, Chance chance, Bug bug, SimulatedCluster cluster) {
        this.agenda = agenda;
        this.chance = chance;
        this.bug = bug;
        this.cluster = cluster;
    }

    /** The node is gone; what is on its way to the cluster may still arrive. */
    void close() {
        closed = true;
        lanes.clear();
    }

    void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer) {
        var assignment = task.assignment();
        submit(assignment.application(), new Work(task.mark(), task.objects(), List.of(), answer));
    }

    void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
        var objects = task.objects().stream()
                .sorted(Comparator.comparing(ObjectKey::kind).reversed().thenComparing(ObjectKey::name))
                .sorted(Comparator.comparingInt(key -> key.kind().equals("Deployment") ? 0 : 1))
                .toList();
        submit(
                task.application(),
                new Work(
                        task.mark(),
                        List.of(),
                        objects,
                        command -> answer.accept(
                                command instanceof RolloutCommand.ConfirmApplied
                                        ? new RolloutCommand.ConfirmDeleted(task.generation(), task.objects())
                                        : command)));
    }

    void look(RolloutTask.Watch task, Consumer<RolloutCommand> answer) {
        agenda.after(chance.latency(), () -> {
            if (!cluster.isUnreachable() && !closed) {
                var seen = cluster.observe(task.application());
                agenda.after(chance.latency(), () -> answer.accept(new RolloutCommand.Observe(seen)));
            }
        });
    }

    private void submit(ApplicationName application, Work work) {
        var lane = lanes.computeIfAbsent(application, absent -> new Lane());
        if (bug != Bug.OLD_WRITE_AFTER_NEW) {
            lane.waiting.removeIf(other -> other.mark().compareTo(work.mark()) < 0);
        }
        if (work.mark().compareTo(lane.newest) >= 0 || bug == Bug.OLD_WRITE_AFTER_NEW) {
            lane.newest = work.mark().compareTo(lane.newest) > 0 ? work.mark() : lane.newest;
            lane.waiting.add(work);
            runNext(lane);
        }
    }

    private void runNext(Lane lane) {
        if (!lane.running && !lane.waiting.isEmpty() && !closed) {
            lane.running = true;
            boolean newestFirst = bug == Bug.OLD_WRITE_AFTER_NEW;
            var work = newestFirst
                    ? lane.waiting.stream()
                            .max(Comparator.comparing(Work::mark))
                            .orElseThrow()
                    : lane.waiting.getFirst();
            lane.waiting.remove(work);
            go(lane, work, 0, 1);
        }
    }

    private void end(Lane lane, Work work, RolloutCommand answer) {
        agenda.after(chance.latency(), () -> {
            lane.running = false;
            work.answer().accept(answer);
            runNext(lane);
        });
    }

    private void meet(Lane lane, Work work, Trouble.Kind kind, String detail) {
        end(lane, work, new RolloutCommand.MeetTrouble(work.mark().generation(), new Trouble(kind, detail)));
    }

    private boolean isNewer(Mark there, Mark ours) {
        return bug == Bug.NO_LEG_FENCE ? there.generation() > ours.generation() : there.compareTo(ours) > 0;
    }

    /** A later leg of the same generation is no other owner's: the request was late. */
    private void outrun(Lane lane, Work work, Mark newer, String detail) {
        boolean isLate = newer.generation() == work.mark().generation();
        meet(lane, work, isLate ? Trouble.Kind.LATE : Trouble.Kind.OUTRUN, detail);
    }

    private void go(Lane lane, Work work, int index, int attempt) {
        int count = work.apply().isEmpty() ? work.delete().size() : work.apply().size();
        if (outdone(lane, work)) {
            outrun(lane, work, lane.newest, "a newer generation waits");
        } else if (index == count) {
            end(
                    lane,
                    work,
                    new RolloutCommand.ConfirmApplied(
                            work.mark().generation(), work.mark().leg()));
        } else if (attempt > ATTEMPTS) {
            meet(lane, work, Trouble.Kind.UNKNOWN, "keeps changing while it is written");
        } else {
            agenda.after(chance.latency(), () -> read(lane, work, index, attempt));
        }
    }

    private boolean outdone(Lane lane, Work work) {
        return work.mark().compareTo(lane.newest) < 0 && bug != Bug.OLD_WRITE_AFTER_NEW;
    }

    private void read(Lane lane, Work work, int index, int attempt) {
        if (closed) {
            return;
        }
        if (outdone(lane, work)) {
            outrun(lane, work, lane.newest, "a newer generation waits");
            return;
        }
        if (cluster.isUnreachable()) {
            meet(lane, work, Trouble.Kind.UNREACHABLE, "connection refused");
            return;
        }
        var key = work.apply().isEmpty()
                ? work.delete().get(index)
                : work.apply().get(index).key();
        var present = cluster.get(key);
        boolean fenced = work.apply().isEmpty() || bug != Bug.NO_WRITE_FENCE;
        var newer = present.map(SimulatedObject::mark).filter(mark -> isNewer(mark, work.mark()));
        if (fenced && newer.isPresent()) {
            outrun(lane, work, newer.get(), key + " carries a newer generation");
            return;
        }
        long version = present.map(object -> object.version).orElse(0L);
        var knows = lane.newest;
        agenda.after(chance.latency(), () -> write(lane, work, index, attempt, version, knows));
    }

    /** From here on the request is with the API server: that the node dies does not call it back. */
    private void write(Lane lane, Work work, int index, int attempt, long version, Mark knows) {
        if (cluster.isUnreachable() || chance.fault(20)) {
            meet(lane, work, Trouble.Kind.UNREACHABLE, "connection reset");
            return;
        }
        boolean done = work.apply().isEmpty()
                ? cluster.delete(work.delete().get(index), version)
                : cluster.apply(work.apply().get(index), version, knows);
        if (chance.fault(20)) {
            meet(lane, work, Trouble.Kind.UNREACHABLE, "no answer");
        } else if (done) {
            go(lane, work, index + 1, 1);
        } else {
            go(lane, work, index, attempt + 1);
        }
    }
}
