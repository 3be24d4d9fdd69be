package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A node's way to one cluster, with the contract of the real gateway: per application one write after another, a newer
 * generation takes the place of an older one, each object is read, judged by its generation and written with the version
 * that was read. Calls fail before they took effect, or after.
 */
final class SimulatedGateway {

    private static final int ATTEMPTS = 6;

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
        submit(Work.of(task, bug == Bug.ROUTE_AFTER_PODS, answer));
    }

    void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
        submit(Work.of(task, answer));
    }

    void look(RolloutTask.Watch task, Consumer<RolloutCommand> answer) {
        agenda.after(chance.latency(), () -> {
            if (!cluster.isUnreachable() && !closed) {
                var seen = cluster.observe(task.application());
                agenda.after(chance.latency(), () -> answer.accept(new RolloutCommand.Observe(seen)));
            }
        });
    }

    private void submit(Work work) {
        var lane = lanes.computeIfAbsent(work.application(), absent -> new Lane());
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
        if (outdone(lane, work)) {
            outrun(lane, work, lane.newest, "a newer generation waits");
        } else if (index == work.steps().size()) {
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
        switch (work.steps().get(index)) {
            case Work.Step.Check check ->
                Feasibility.impossibility(check.task(), cluster)
                        .ifPresentOrElse(
                                trouble -> end(
                                        lane,
                                        work,
                                        new RolloutCommand.MeetTrouble(
                                                work.mark().generation(), trouble)),
                                () -> go(lane, work, index + 1, 1));
            case Work.Step.Read read -> read(lane, work, index, attempt, read.key());
            case Work.Step.Write write -> {
                var key = write.object().key();
                var version = work.versions().remove(key);
                if (version == null) {
                    read(lane, work, index, attempt, key);
                } else {
                    write(lane, work, index, attempt, version);
                }
            }
            case Work.Step.Share share -> readRoute(lane, work, index, attempt, share.share());
            case Work.Step.Delete delete -> {
                boolean isAnothers = delete.key().equals(SharedRoute.KEY);
                if (isAnothers) {
                    var nothing = new RouteShare(delete.key(), Optional.empty(), Optional.empty());
                    readRoute(lane, work, index, attempt, nothing);
                } else {
                    read(lane, work, index, attempt, delete.key());
                }
            }
        }
    }

    private void read(Lane lane, Work work, int index, int attempt, ObjectKey key) {
        var present = cluster.get(key);
        boolean fenced = work.steps().get(index) instanceof Work.Step.Delete || bug != Bug.NO_WRITE_FENCE;
        var newer = present.map(SimulatedObject::mark).filter(mark -> isNewer(mark, work.mark()));
        if (fenced && newer.isPresent()) {
            outrun(lane, work, newer.get(), key + " carries a newer generation");
            return;
        }
        long version = present.map(object -> object.version).orElse(0L);
        if (work.steps().get(index) instanceof Work.Step.Read) {
            work.versions().put(key, version);
            go(lane, work, index + 1, 1);
        } else {
            write(lane, work, index, attempt, version);
        }
    }

    private void write(Lane lane, Work work, int index, int attempt, long version) {
        var knows = lane.newest;
        send(lane, work, index, attempt, () -> switch (work.steps().get(index)) {
            case Work.Step.Write write -> cluster.apply(write.object(), version, knows);
            case Work.Step.Delete delete -> cluster.delete(delete.key(), version);
            case Work.Step.Share ignored -> true;
            case Work.Step.Check ignored -> true;
            case Work.Step.Read ignored -> true;
        });
    }

    /** As the real one: what is noted must not be newer, and only what has changed is written, as it was read. */
    private void readRoute(Lane lane, Work work, int index, int attempt, RouteShare share) {
        var present = share.route().equals(SharedRoute.KEY)
                ? cluster.route().flatMap(route -> route.read(work.application()))
                : Optional.<SharedRoute.Read>empty();
        if (present.isEmpty()) {
            if (share.weight().isPresent()) {
                meet(lane, work, Trouble.Kind.INVALID, "there is no such route");
            } else {
                go(lane, work, index + 1, 1);
            }
            return;
        }
        var note = present.get().note();
        if (isNewer(note.mark(), work.mark())) {
            outrun(lane, work, note.mark(), share.route() + " carries a newer generation");
            return;
        }
        var service = share.service().or(note::service);
        var json = present.get().json();
        var changed = service.map(name -> share.weight()
                        .map(weight -> Backends.divided(json, name, weight))
                        .orElseGet(() -> bug == Bug.ROUTE_STAYS_DIVIDED ? json : Backends.whole(json, name)))
                .orElse(json);
        var noted = new SharedRoute.Note(work.mark(), service);
        if (changed.equals(json) && noted.equals(note)) {
            go(lane, work, index + 1, 1);
            return;
        }
        var knows = lane.newest;
        send(lane, work, index, attempt, () -> cluster.apply(work.application(), changed, noted, present.get(), knows));
    }

    /** From here on the request is with the API server: that the node dies does not call it back. */
    private void send(Lane lane, Work work, int index, int attempt, BooleanSupplier request) {
        agenda.after(chance.latency(), () -> {
            if (cluster.isUnreachable() || chance.fault(20)) {
                meet(lane, work, Trouble.Kind.UNREACHABLE, "connection reset");
                return;
            }
            boolean done = request.getAsBoolean();
            if (chance.fault(20)) {
                meet(lane, work, Trouble.Kind.UNREACHABLE, "no answer");
            } else if (done) {
                go(lane, work, index + 1, 1);
            } else {
                go(lane, work, index, attempt + 1);
            }
        });
    }
}
