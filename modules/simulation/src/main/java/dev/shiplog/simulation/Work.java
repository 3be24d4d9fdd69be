package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A task as the requests that carry it out, in the order of the real gateway.
 *
 * @param versions of the objects as they were read
 */
record Work(
        ApplicationName application,
        Mark mark,
        List<Step> steps,
        Map<ObjectKey, Long> versions,
        Consumer<RolloutCommand> answer) {

    /** One request, or two: what is there is read, then it is changed. */
    sealed interface Step {

        /** Whether all that is needed is there, before anything is written. */
        record Check(RolloutTask.Apply task) implements Step {}

        /** What stands there, and may be written over. */
        record Read(ObjectKey key) implements Step {}

        /** As it was read before anything was written; if that is stale, as it is read now. */
        record Write(KubernetesObject object) implements Step {}

        /** What an application has to say in the route that all share. */
        record Share(RouteShare share) implements Step {}

        record Delete(ObjectKey key) implements Step {}
    }

    /** Everything but pods, then what is said in routes of others, then pods: unless a mistake has the routes come last. */
    static Work of(RolloutTask.Apply task, boolean routesLast, Consumer<RolloutCommand> answer) {
        var steps = new ArrayList<Step>();
        boolean isConditional =
                !task.routes().isEmpty() || !task.needed().isEmpty() || task.capacity() != Strategy.CapacityCheck.OFF;
        if (isConditional) {
            steps.add(new Step.Check(task));
        }
        task.objects().stream().map(KubernetesObject::key).map(Step.Read::new).forEach(steps::add);
        var routes = new ArrayList<Step>();
        for (var object : task.objects()) {
            if (!object.isWorkload()) {
                boolean isLast = routesLast && object.kind().equals(Backends.KIND);
                (isLast ? routes : steps).add(new Step.Write(object));
            }
        }
        task.routes().stream().map(Step.Share::new).forEach(routes::add);
        if (!routesLast) {
            steps.addAll(routes);
        }
        task.objects().stream()
                .filter(KubernetesObject::isWorkload)
                .map(Step.Write::new)
                .forEach(steps::add);
        if (routesLast) {
            steps.addAll(routes);
        }
        return new Work(task.assignment().application(), task.mark(), steps, new HashMap<>(), answer);
    }

    static Work of(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
        var steps = task.objects().stream()
                .sorted(Comparator.comparing(ObjectKey::kind).reversed().thenComparing(ObjectKey::name))
                .sorted(Comparator.comparingInt(key ->
                        key.kind().equals(Backends.KIND) ? -1 : key.kind().equals("Deployment") ? 0 : 1))
                .<Step>map(Step.Delete::new)
                .toList();
        return new Work(
                task.application(),
                task.mark(),
                steps,
                new HashMap<>(),
                command -> answer.accept(
                        command instanceof RolloutCommand.ConfirmApplied
                                ? new RolloutCommand.ConfirmDeleted(task.generation(), task.objects())
                                : command));
    }
}
