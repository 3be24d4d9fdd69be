package dev.shiplog.domain.application;

import dev.shiplog.domain.Decision;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationEvent.ApplicationRemoved;
import dev.shiplog.domain.application.ApplicationEvent.RolloutAborted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutCompleted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutFailed;
import dev.shiplog.domain.application.ApplicationEvent.RolloutHeld;
import dev.shiplog.domain.application.ApplicationEvent.RolloutRemoved;
import dev.shiplog.domain.application.ApplicationEvent.RolloutSettled;
import java.util.ArrayList;
import java.util.List;

/** The rules of what clusters report. A report about any other generation than the cluster's present one changes nothing. */
final class Reports {

    private Reports() {}

    static Decision<ApplicationEvent> of(Application application, Report report) {
        var target = application.targets().get(report.cluster());
        if (target == null || target.generation() != report.generation() || !target.isOwed()) {
            return Decision.accepted();
        }
        var events = new ArrayList<ApplicationEvent>();
        switch (report.result()) {
            case ApplicationCommand.Result.Held held -> {
                var standing = new Target.Standing.Held(held.step(), held.until(), held.preview());
                if (target.isUnderWay() && !target.standing().equals(standing)) {
                    events.add(new RolloutHeld(
                            report.cluster(),
                            target.revision(),
                            report.generation(),
                            held.step(),
                            held.until(),
                            held.preview()));
                }
            }
            case ApplicationCommand.Result.Completed completed -> {
                if (target.isUnderWay()) {
                    events.add(new RolloutCompleted(
                            report.cluster(),
                            target.revision(),
                            report.generation(),
                            completed.active(),
                            completed.keptUntil(),
                            completed.leftovers()));
                    events.addAll(Endings.of(application, List.of(report.cluster()), ReleaseResult.COMPLETED));
                } else if (completed.keptUntil().isEmpty() && !completed.leftovers()) {
                    events.add(new RolloutSettled(report.cluster(), target.revision(), report.generation()));
                }
            }
            case ApplicationCommand.Result.Aborted aborted -> {
                if (target.isUnderWay()) {
                    events.add(new RolloutAborted(
                            report.cluster(), target.revision(), report.generation(), aborted.leftovers()));
                    events.addAll(Endings.of(application, List.of(report.cluster()), ReleaseResult.ABORTED));
                } else if (!aborted.leftovers()) {
                    events.add(new RolloutSettled(report.cluster(), target.revision(), report.generation()));
                }
            }
            case ApplicationCommand.Result.Failed failed -> {
                events.add(
                        new RolloutFailed(report.cluster(), target.revision(), report.generation(), failed.trouble()));
                events.addAll(Endings.of(application, List.of(report.cluster()), ReleaseResult.FAILED));
            }
            case ApplicationCommand.Result.Removed ignored -> {
                events.add(new RolloutRemoved(report.cluster(), report.generation()));
                if (application.targets().size() == 1) {
                    events.add(new ApplicationRemoved());
                }
            }
        }
        return new Decision.Accepted<>(events);
    }
}
