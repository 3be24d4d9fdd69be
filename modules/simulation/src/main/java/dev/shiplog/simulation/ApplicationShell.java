package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationTask;
import dev.shiplog.engine.stream.Errands;
import dev.shiplog.engine.stream.Folded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the application's actor does, on the simulation's agenda. */
final class ApplicationShell extends Shell<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> {

    private static final Duration NOT_YET = Duration.ofDays(1);

    private final ApplicationName name;
    private final ApplicationDecider decider;
    private final Errands<ApplicationTask> errands = new Errands<>();
    private final Map<CommandId, Consumer<Outcome>> early = new HashMap<>();
    private int reminders;
    private Duration reminding = NOT_YET;

    ApplicationShell(World world, ApplicationName name) {
        super(world, world.applicationLoop(name));
        this.name = name;
        this.decider = new ApplicationDecider(name);
    }

    void submit(Asked<ApplicationCommand> asked, Consumer<Outcome> reply) {
        boolean isMistaken =
                (world.bug() == Bug.KEPT_IS_DONE && isLeaving()) || (world.bug() == Bug.LEFT_OUT_IS_DONE && isFull());
        if (isMistaken) {
            reply.accept(outcome(folded().state(), asked.id()));
            return;
        }
        tell(() -> {
            early.put(asked.id(), reply);
            decide(asked, after -> {
                if (early.remove(asked.id()) != null) {
                    reply.accept(outcome(after.state(), asked.id()));
                }
                requestOutstanding(after);
            });
        });
    }

    @Override
    void decidedEarly(Asked<ApplicationCommand> asked, Folded<Application> decided) {
        var reply = early.remove(asked.id());
        if (reply != null) {
            reply.accept(outcome(decided.state(), asked.id()));
        }
    }

    private static Outcome outcome(Application application, CommandId id) {
        var outcome = application.outcomes().get(id);
        return outcome == null ? new Outcome.Accepted(application.revision(), "") : outcome;
    }

    private void told(ApplicationCommand.Report report) {
        decide(
                new Asked<>(
                        new CommandId("shiplog/rollout/" + report.cluster(), name + "/" + report.generation()),
                        Principal.SHIPLOG,
                        "",
                        world.agenda().now(),
                        "",
                        world.fleet(),
                        report),
                this::requestOutstanding);
    }

    @Override
    boolean isIdle(List<ApplicationTask> outstanding) {
        return outstanding.isEmpty();
    }

    @Override
    void aboutToLeave() {
        world.leaves(name);
    }

    @Override
    void forgetMemory() {
        errands.forget();
        early.clear();
        endReminding();
    }

    @Override
    void recovered(Folded<Application> folded) {
        if (world.bug() == Bug.FORGET_ON_RECOVERY) {
            errands.due(loop.outstanding(folded));
            return;
        }
        requestOutstanding(folded);
    }

    @Override
    void requestOutstanding(Folded<Application> folded) {
        var outstanding = loop.outstanding(folded);
        Consumer<ApplicationCommand.Report> reports = here(this::told);
        for (var task : errands.due(outstanding)) {
            switch (task) {
                case ApplicationTask.Carry carry -> {
                    var assignment = decider.assignment(folded.state(), carry.cluster());
                    world.send(() -> world.rollout(assignment.cluster(), name).assigned(assignment, reports));
                }
            }
        }
        boolean forgetful = world.bug() == Bug.NO_REMINDER || world.bug() == Bug.FORGET_ON_RECOVERY;
        if (outstanding.isEmpty()) {
            endReminding();
        } else if (!forgetful) {
            remindAfter(World.TIMINGS.reminder(folded.state().isUnderWay()));
        }
        leaveWhenIdle(outstanding);
    }

    private void remindAfter(Duration pause) {
        if (pause.compareTo(reminding) < 0) {
            reminding = pause;
            int set = ++reminders;
            later(pause.toMillis(), () -> {
                if (set == reminders) {
                    endReminding();
                    receive(this::remind);
                }
            });
        }
    }

    private void endReminding() {
        reminders++;
        reminding = NOT_YET;
    }

    private void remind() {
        errands.forget();
        requestOutstanding(folded());
    }

    @Override
    public String toString() {
        return "application " + name.name();
    }
}
