package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationTask;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.rollout.Position;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.Assign;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.Observe;
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The rules, with one mistake made in them. */
final class Planted {

    private Planted() {}

    static Decider<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> application(
            ApplicationName name, Bug bug) {
        var right = new ApplicationDecider(name);
        return switch (bug) {
            case FORGET_IDS -> deciding(right, (state, asked) -> right.decide(remembersNothing(state), asked));
            case REPORT_OF_ANY_GENERATION ->
                deciding(right, (state, asked) -> right.decide(state, ofNow(state, asked)));
            case SCALE_EVERYWHERE -> deciding(right, (state, asked) -> right.decide(state, everywhere(asked)));
            case FORGET_LEFTOVERS -> deciding(right, (state, asked) -> right.decide(state, leavingNothing(asked)));
            case GENERATION_STARTS_OVER -> evolving(right, Planted::startsOver);
            default -> right;
        };
    }

    private static Application remembersNothing(Application state) {
        return new Application(
                state.generation(), state.releases(), state.progress(), state.targets(), new LinkedHashMap<>());
    }

    private static Asked<ApplicationCommand> ofNow(Application state, Asked<ApplicationCommand> asked) {
        if (!(asked.command() instanceof Report report)) {
            return asked;
        }
        var target = state.targets().get(report.cluster());
        return target == null ? asked : with(asked, new Report(report.cluster(), target.generation(), report.result()));
    }

    private static Asked<ApplicationCommand> everywhere(Asked<ApplicationCommand> asked) {
        return asked.command() instanceof Scale scale
                ? with(asked, new Scale(ClusterSelection.ALL, scale.replicas()))
                : asked;
    }

    private static Asked<ApplicationCommand> leavingNothing(Asked<ApplicationCommand> asked) {
        if (!(asked.command() instanceof Report report)) {
            return asked;
        }
        return switch (report.result()) {
            case Result.Completed completed ->
                with(
                        asked,
                        new Report(
                                report.cluster(),
                                report.generation(),
                                new Result.Completed(completed.active(), completed.keptUntil(), false)));
            case Result.Aborted ignored ->
                with(asked, new Report(report.cluster(), report.generation(), new Result.Aborted()));
            case Result.Held ignored -> asked;
            case Result.Failed ignored -> asked;
            case Result.Removed ignored -> asked;
        };
    }

    private static Application startsOver(Application after) {
        return after.exists()
                ? after
                : new Application(0, after.releases(), after.progress(), after.targets(), after.outcomes());
    }

    private static Asked<ApplicationCommand> with(Asked<ApplicationCommand> asked, ApplicationCommand command) {
        return new Asked<>(
                asked.id(), asked.principal(), asked.reason(), asked.at(), asked.correlation(), asked.fleet(), command);
    }

    static Decider<RolloutCommand, RolloutEvent, Rollout, RolloutTask> rollout(Bug bug) {
        var right = new RolloutDecider();
        return switch (bug) {
            case OLDER_ASSIGNMENT ->
                deciding(
                        right,
                        (state, asked) -> asked.command() instanceof Assign assign
                                        && assign.assignment().generation() < state.generation()
                                ? Decision.accepted(RolloutEvent.Assigned.inPlace(assign.assignment()))
                                : right.decide(state, asked));
            case DONE_WHEN_WRITTEN ->
                deciding(right, (state, asked) -> doneWhenWritten(state, asked, right.decide(state, asked)));
            case MISS_THE_MISSING ->
                deciding(
                        right,
                        (state, asked) -> asked.command() instanceof Observe observe
                                        && observe.observation().workloads().isEmpty()
                                ? Decision.accepted()
                                : right.decide(state, asked));
            case PRUNE_EARLY -> asking(right, state -> pruningEarly(state, right.outstanding(state)));
            case NARROW_SERVICES ->
                asking(
                        right,
                        state -> right.outstanding(
                                showing(state, state.position().layout().widened(false))));
            case CANARY_TOO_BIG -> asking(right, state -> right.outstanding(canaryTooBig(state)));
            default -> right;
        };
    }

    private static Decision<RolloutEvent> doneWhenWritten(
            Rollout state, Asked<RolloutCommand> asked, Decision<RolloutEvent> decision) {
        boolean written = asked.command() instanceof ConfirmApplied
                && decision instanceof Decision.Accepted<RolloutEvent> accepted
                && accepted.events().size() == 1;
        return written
                ? Decision.accepted(
                        new RolloutEvent.Applied(state.generation()),
                        new RolloutEvent.Completed(
                                state.generation(),
                                state.assignment().orElseThrow().revision()))
                : decision;
    }

    private static List<RolloutTask> pruningEarly(Rollout state, List<RolloutTask> right) {
        if (!(state.stage() instanceof Rollout.Stage.Rolling)
                || state.leftovers().isEmpty()) {
            return right;
        }
        var assignment = state.assignment().orElseThrow();
        var tasks = new ArrayList<>(right);
        tasks.add(new RolloutTask.Delete(
                assignment.application(), assignment.cluster(), assignment.generation(), 0, state.leftovers()));
        return tasks;
    }

    private static Rollout canaryTooBig(Rollout state) {
        var layout = state.position().layout();
        return layout.side(Role.CANARY)
                .filter(side -> side.content() == Content.NEW && side.pods() > 0)
                .map(side -> new Side(side.content(), Optional.of(side.pods() + 2)))
                .map(side -> showing(state, layout.with(Role.CANARY, side)))
                .orElse(state);
    }

    private static Rollout showing(Rollout state, Layout layout) {
        var position = state.position();
        return new Rollout(
                state.assignment(),
                state.good(),
                new Position(
                        layout,
                        position.step(),
                        position.leg(),
                        position.clearing(),
                        position.servedBefore(),
                        position.heldUntil(),
                        position.stoppedAt()),
                state.stage(),
                state.written(),
                state.kept());
    }

    private static <C, E, S, T> Decider<C, E, S, T> deciding(
            Decider<C, E, S, T> right, BiFunction<S, Asked<C>, Decision<E>> decide) {
        return new Wrong<>(right) {
            @Override
            public Decision<E> decide(S state, Asked<C> asked) {
                return decide.apply(state, asked);
            }
        };
    }

    private static <C, E, S, T> Decider<C, E, S, T> evolving(Decider<C, E, S, T> right, UnaryOperator<S> after) {
        return new Wrong<>(right) {
            @Override
            public S evolve(S state, Recorded<E> event) {
                return after.apply(super.evolve(state, event));
            }
        };
    }

    private static <C, E, S, T> Decider<C, E, S, T> asking(
            Decider<C, E, S, T> right, Function<S, List<T>> outstanding) {
        return new Wrong<>(right) {
            @Override
            public List<T> outstanding(S state) {
                return outstanding.apply(state);
            }
        };
    }

    private static class Wrong<C, E, S, T> implements Decider<C, E, S, T> {

        private final Decider<C, E, S, T> right;

        Wrong(Decider<C, E, S, T> right) {
            this.right = right;
        }

        @Override
        public S initial() {
            return right.initial();
        }

        @Override
        public Decision<E> decide(S state, Asked<C> asked) {
            return right.decide(state, asked);
        }

        @Override
        public List<E> refusal(Rejection rejection) {
            return right.refusal(rejection);
        }

        @Override
        public S evolve(S state, Recorded<E> event) {
            return right.evolve(state, event);
        }

        @Override
        public List<T> outstanding(S state) {
            return right.outstanding(state);
        }
    }
}
