package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import java.util.List;

/** The targets that a selection means, or why there are none. */
sealed interface Selected {

    record Some(List<Target> targets) implements Selected {}

    record None(Rejection rejection) implements Selected {}

    /** @param removing whether targets that are being removed count too */
    static Selected of(
            ApplicationName name, Application application, Fleet fleet, ClusterSelection selection, boolean removing) {
        var known = application.targets().keySet();
        var unknown = selection.names().stream()
                .filter(cluster ->
                        !known.contains(cluster) && fleet.cluster(cluster).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            return new None(
                    new Rejection.UnknownCluster(unknown, fleet.clusters().keySet()));
        }
        var selected = application.targets().values().stream()
                .filter(target ->
                        selection.selects(fleet.cluster(target.cluster().name()).orElse(target.cluster())))
                .toList();
        if (selected.isEmpty()) {
            return new None(new Rejection.NoClusterSelected(known));
        }
        var targets = selected.stream()
                .filter(target -> removing || !target.removing())
                .toList();
        return targets.isEmpty() ? new None(new Rejection.BeingDeleted(name, names(selected))) : new Some(targets);
    }

    static List<String> names(List<Target> targets) {
        return targets.stream().map(target -> target.cluster().name()).toList();
    }
}
