package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.stream.Errands;
import dev.shiplog.engine.stream.Folded;
import org.jspecify.annotations.Nullable;

/** What the rollout's actor does, on the simulation's agenda. */
final class RolloutShell extends Shell<RolloutCommand, RolloutEvent, Rollout, RolloutTask> {

    private final String cluster;
    private final ApplicationName application;
    private final SimulatedGateway gateway;
    private final Errands<RolloutTask> errands = new Errands<>();
    private @Nullable ApplicationShell reportTo;
    private int failures;
    private boolean retrying;

    RolloutShell(World world, String cluster, ApplicationName application, SimulatedGateway gateway) {
        super(world, world.rolloutLoop(cluster, application));
        this.cluster = cluster;
        this.application = application;
        this.gateway = gateway;
    }

    void assigned(Assignment assignment, ApplicationShell from) {
        receive(() -> {
            reportTo = from;
            if (world.bug() != Bug.TELL_ONCE && !retrying) {
                errands.forget();
            }
            append(new RolloutCommand.Assign(assignment));
        });
    }

    void answered(RolloutCommand command) {
        receive(() -> {
            if (command instanceof RolloutCommand.MeetTrouble) {
                retryLater();
            } else if (!(command instanceof RolloutCommand.Observe)) {
                failures = 0;
            }
            append(command);
        });
    }

    private void retryLater() {
        failures++;
        retrying = true;
        if (world.bug() == Bug.NO_RETRY) {
            return;
        }
        var pause = World.TIMINGS.retry().after(failures, world.chance().below(100) / 100.0);
        later(
                pause.toMillis(),
                () -> receive(() -> {
                    retrying = false;
                    errands.forget();
                    requestOutstanding(folded());
                }));
    }

    private void append(RolloutCommand command) {
        decide(
                new Asked<>(
                        new CommandId(
                                "shiplog/" + loop.name(), command.getClass().getSimpleName()),
                        Principal.SHIPLOG,
                        "",
                        world.agenda().now(),
                        "",
                        world.fleet(),
                        command),
                this::requestOutstanding);
    }

    @Override
    void forgetMemory() {
        errands.forget();
        reportTo = null;
        failures = 0;
        retrying = false;
    }

    @Override
    void recovered(Folded<Rollout> folded) {
        if (world.bug() == Bug.FORGET_ON_RECOVERY) {
            errands.due(loop.outstanding(folded));
            return;
        }
        requestOutstanding(folded);
    }

    @Override
    void requestOutstanding(Folded<Rollout> folded) {
        for (var task : errands.due(loop.outstanding(folded))) {
            switch (task) {
                case RolloutTask.Apply apply -> gateway.apply(apply, this::answer);
                case RolloutTask.Delete delete -> gateway.delete(delete, this::answer);
                case RolloutTask.Watch watch -> gateway.look(watch, this::answer);
                case RolloutTask.Await await -> await(await);
                case RolloutTask.Tell tell -> {
                    var to = reportTo;
                    if (to != null) {
                        world.send(() -> to.told(tell.report()));
                    }
                }
            }
        }
    }

    private void await(RolloutTask.Await await) {
        if (world.bug() != Bug.LOSE_A_TIMER) {
            later(
                    Math.max(
                            0,
                            await.until().toEpochMilli() - world.agenda().now().toEpochMilli() + 1),
                    () -> answered(new RolloutCommand.PassTime()));
        }
    }

    private void answer(RolloutCommand command) {
        if (!world.chance().fault(10)) {
            answered(command);
        }
    }

    @Override
    void decidedEarly(Asked<RolloutCommand> asked, Folded<Rollout> decided) {
        // Nobody waits for an outcome here.
    }

    @Override
    public String toString() {
        return "rollout " + application.name() + " on " + cluster;
    }
}
