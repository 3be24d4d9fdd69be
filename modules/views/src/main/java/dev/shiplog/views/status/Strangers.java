package dev.shiplog.views.status;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.views.history.Placement;
import java.util.Optional;

/**
 * Pods of Deployments that are not the application's behind a Service by which its users come. Pods that are no
 * Deployment's are not judged.
 *
 * @param owner the application whose they are; empty: nobody has released them with Shiplog
 */
record Strangers(
        Placement placement,
        Observation.Service service,
        String deployment,
        int pods,
        Optional<ApplicationName> owner) {

    static Optional<Strangers> of(Placement placement, Sides sides) {
        return sides.activeServices().stream()
                .flatMap(service -> service.ready().entrySet().stream()
                        .filter(backend -> !backend.getKey().isEmpty() && !sides.isOwn(backend.getKey()))
                        .map(backend -> new Strangers(
                                placement,
                                service,
                                backend.getKey(),
                                backend.getValue(),
                                sides.neighbours().withDeployment(backend.getKey()))))
                .findFirst();
    }

    /** Whether they may be what a deleted Deployment leaves behind for a moment. */
    boolean mayBeGoing() {
        return owner.isEmpty();
    }

    String sentence() {
        int all = service.ready().values().stream().mapToInt(Integer::intValue).sum();
        var own = placement.place().application().name();
        var selector = Users.words(service.selector());
        return pods + " of the " + all + " pods behind Service " + service.name() + ", which selects " + selector + ", "
                + (pods == 1 ? "is" : "are") + " of deployment \"" + deployment + "\""
                + owner.map(application -> " of the application " + application).orElse(", which is not Shiplog's")
                + ": users of " + own + " get those too; have the Service select a label that only the pods of " + own
                + " have, or take " + selector + " from the pods of \"" + deployment + "\"";
    }
}
