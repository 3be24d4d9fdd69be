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
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The rules, with one mistake made in them. */
final class Planted {

    private Planted() {}

    static Decider<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> application(
            ApplicationName name, Bug bug) {
        var right = new ApplicationDecider(name);
        return switch (bug) {
            case FORGET_IDS ->
                new Wrong<>(right) {
                    @Override
                    public Decision<ApplicationEvent> decide(Application state, Asked<ApplicationCommand> asked) {
                        return super.decide(
                                new Application(
                                        state.generation(),
                                        state.releases(),
                                        state.progress(),
                                        state.targets(),
                                        new LinkedHashMap<>()),
                                asked);
                    }
                };
            case REPORT_OF_ANY_GENERATION ->
                new Wrong<>(right) {
                    @Override
                    public Decision<ApplicationEvent> decide(Application state, Asked<ApplicationCommand> asked) {
                        var target = asked.command() instanceof Report report
                                ? state.targets().get(report.cluster())
                                : null;
                        return target != null && asked.command() instanceof Report report
                                ? super.decide(
                                        state,
                                        with(asked, new Report(report.cluster(), target.generation(), report.result())))
                                : super.decide(state, asked);
                    }
                };
            case SCALE_EVERYWHERE ->
                new Wrong<>(right) {
                    @Override
                    public Decision<ApplicationEvent> decide(Application state, Asked<ApplicationCommand> asked) {
                        return asked.command() instanceof ApplicationCommand.Scale scale
                                ? super.decide(
                                        state,
                                        with(
                                                asked,
                                                new ApplicationCommand.Scale(ClusterSelection.ALL, scale.replicas())))
                                : super.decide(state, asked);
                    }
                };
            case GENERATION_STARTS_OVER ->
                new Wrong<>(right) {
                    @Override
                    public Application evolve(Application state, Recorded<ApplicationEvent> event) {
                        var after = super.evolve(state, event);
                        return after.exists()
                                ? after
                                : new Application(
                                        0, after.releases(), after.progress(), after.targets(), after.outcomes());
                    }
                };
            default -> right;
        };
    }

    private static Asked<ApplicationCommand> with(Asked<ApplicationCommand> asked, ApplicationCommand command) {
        return new Asked<>(
                asked.id(), asked.principal(), asked.reason(), asked.at(), asked.correlation(), asked.fleet(), command);
    }

    static Decider<RolloutCommand, RolloutEvent, Rollout, RolloutTask> rollout(Bug bug) {
        var right = new RolloutDecider();
        return switch (bug) {
            case OLDER_ASSIGNMENT ->
                new Wrong<>(right) {
                    @Override
                    public Decision<RolloutEvent> decide(Rollout state, Asked<RolloutCommand> asked) {
                        return asked.command() instanceof RolloutCommand.Assign assign
                                        && assign.assignment().generation() < state.generation()
                                ? Decision.accepted(RolloutEvent.Assigned.inPlace(assign.assignment()))
                                : super.decide(state, asked);
                    }
                };
            case DONE_WHEN_WRITTEN ->
                new Wrong<>(right) {
                    @Override
                    public Decision<RolloutEvent> decide(Rollout state, Asked<RolloutCommand> asked) {
                        var decision = super.decide(state, asked);
                        boolean written = asked.command() instanceof RolloutCommand.ConfirmApplied
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
                };
            case MISS_THE_MISSING ->
                new Wrong<>(right) {
                    @Override
                    public Decision<RolloutEvent> decide(Rollout state, Asked<RolloutCommand> asked) {
                        return asked.command() instanceof RolloutCommand.Observe observe
                                        && observe.observation().workloads().isEmpty()
                                ? Decision.accepted()
                                : super.decide(state, asked);
                    }
                };
            case PRUNE_EARLY ->
                new Wrong<>(right) {
                    @Override
                    public List<RolloutTask> outstanding(Rollout state) {
                        var tasks = new ArrayList<>(super.outstanding(state));
                        if (state.stage() instanceof Rollout.Stage.Rolling
                                && !state.leftovers().isEmpty()) {
                            var assignment = state.assignment().orElseThrow();
                            tasks.add(new RolloutTask.Delete(
                                    assignment.application(),
                                    assignment.cluster(),
                                    assignment.generation(),
                                    0,
                                    state.leftovers()));
                        }
                        return tasks;
                    }
                };
            case NARROW_SERVICES ->
                new Wrong<>(right) {
                    @Override
                    public List<RolloutTask> outstanding(Rollout state) {
                        return super.outstanding(
                                showing(state, state.position().layout().widened(false)));
                    }
                };
            case CANARY_TOO_BIG ->
                new Wrong<>(right) {
                    @Override
                    public List<RolloutTask> outstanding(Rollout state) {
                        var layout = state.position().layout();
                        return super.outstanding(layout.side(Role.CANARY)
                                .filter(side -> side.content() == Content.NEW && side.pods() > 0)
                                .map(side -> new Side(side.content(), Optional.of(side.pods() + 2)))
                                .map(side -> showing(state, layout.with(Role.CANARY, side)))
                                .orElse(state));
                    }
                };
            default -> right;
        };
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
