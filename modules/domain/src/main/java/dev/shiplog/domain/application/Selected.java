package dev.shiplog.domain.application;

import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import java.util.List;

/** The targets that a selection means, or why there are none. */
sealed interface Selected {

    record Some(List<Target> targets) implements Selected {}

    record None(Rejection rejection) implements Selected {}

    /** @param removing whether targets that are being removed count too */
    static Selected of(Application application, Fleet fleet, ClusterSelection selection, boolean removing) {
        var known = application.targets().keySet();
        var unknown = selection.names().stream()
                .filter(name -> !known.contains(name) && fleet.cluster(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            return new None(
                    new Rejection.UnknownCluster(unknown, fleet.clusters().keySet()));
        }
        var targets = application.targets().values().stream()
                .filter(target -> removing || !target.removing())
                .filter(target ->
                        selection.selects(fleet.cluster(target.cluster().name()).orElse(target.cluster())))
                .toList();
        return targets.isEmpty() ? new None(new Rejection.NoClusterSelected(known)) : new Some(targets);
    }

    static List<String> names(List<Target> targets) {
        return targets.stream().map(target -> target.cluster().name()).toList();
    }
}
