package dev.shiplog.domain.rollout;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import java.util.List;

/**
 * What an application asks of one cluster, complete in itself.
 *
 * @param generation the fence: an assignment with a lower one than the cluster has seen is out of date
 * @param correlation the command that asked for it
 * @param objects as they are to be in the end, in the order of writing; none when the application is to be removed
 * @param strategy how to get there
 * @param directions what people have said on the way
 */
public record Assignment(
        ApplicationName application,
        String cluster,
        int generation,
        int revision,
        List<KubernetesObject> objects,
        Strategy strategy,
        Directions directions,
        boolean paused,
        boolean removing,
        boolean forceConflicts,
        String correlation) {
    public Assignment {
        objects = List.copyOf(objects);
    }
}
