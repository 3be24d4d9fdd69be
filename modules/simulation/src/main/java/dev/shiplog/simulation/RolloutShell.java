package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.stream.Errands;
import dev.shiplog.engine.stream.Folded;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the rollout's actor does, on the simulation's agenda. */
final class RolloutShell extends Shell<RolloutCommand, RolloutEvent, Rollout, RolloutTask> {

    private final String cluster;
    private final ApplicationName application;
    private final SimulatedGateway gateway;
    private final Errands<RolloutTask> errands = new Errands<>();
    private @Nullable Consumer<ApplicationCommand.Report> reportTo;
    private int failures;
    private int retries;
    private boolean retrying;

    RolloutShell(World world, String cluster, ApplicationName application, SimulatedGateway gateway) {
        super(world, world.rolloutLoop(cluster, application));
        this.cluster = cluster;
        this.application = application;
        this.gateway = gateway;
    }

    void assigned(Assignment assignment, Consumer<ApplicationCommand.Report> from) {
        tell(() -> {
            reportTo = from;
            if (world.bug() != Bug.TELL_ONCE && !retrying) {
                errands.forget();
            }
            append(new RolloutCommand.Assign(assignment));
        });
    }

    /** Nobody is brought back by what a cluster shows. */
    void observed(Observation seen) {
        if (isPresent()) {
            receive(() -> append(new RolloutCommand.Observe(seen)));
        }
    }

    private void answered(RolloutCommand command) {
        if (command instanceof RolloutCommand.MeetTrouble) {
            retryLater();
        } else {
            failures = 0;
        }
        append(command);
    }

    private void retryLater() {
        failures++;
        retrying = true;
        if (world.bug() == Bug.NO_RETRY) {
            return;
        }
        var pause = World.TIMINGS.retry().after(failures, world.chance().below(100) / 100.0);
        int set = ++retries;
        later(pause.toMillis(), () -> {
            if (set == retries) {
                retrying = false;
                receive(this::retry);
            }
        });
    }

    private void retry() {
        errands.forget();
        requestOutstanding(folded());
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
    boolean isIdle(List<RolloutTask> outstanding) {
        return outstanding.stream().allMatch(RolloutTask.Tell.class::isInstance);
    }

    @Override
    void aboutToLeave() {
        // Whoever asks something of it asks its application.
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
        var outstanding = loop.outstanding(folded);
        Consumer<RolloutCommand> answers = here(this::answered);
        for (var task : errands.due(outstanding)) {
            switch (task) {
                case RolloutTask.Apply apply -> gateway.apply(apply, unlessLost(answers));
                case RolloutTask.Delete delete -> gateway.delete(delete, unlessLost(answers));
                case RolloutTask.Watch watch -> gateway.look(watch, unlessLost(this::looked));
                case RolloutTask.Await await -> await(await);
                case RolloutTask.Tell tell -> {
                    var to = reportTo;
                    if (to != null) {
                        world.send(() -> to.accept(tell.report()));
                    }
                }
            }
        }
        leaveWhenIdle(outstanding);
    }

    private void await(RolloutTask.Await await) {
        if (world.bug() != Bug.LOSE_A_TIMER) {
            later(
                    Math.max(
                            0,
                            await.until().toEpochMilli() - world.agenda().now().toEpochMilli() + 1),
                    () -> receive(() -> answered(new RolloutCommand.PassTime())));
        }
    }

    private Consumer<RolloutCommand> unlessLost(Consumer<RolloutCommand> answers) {
        return command -> {
            if (!world.chance().fault(10)) {
                answers.accept(command);
            }
        };
    }

    private void looked(RolloutCommand command) {
        if (command instanceof RolloutCommand.Observe observe) {
            observed(observe.observation());
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
