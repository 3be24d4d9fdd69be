package dev.shiplog.views.status;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Observation;
import java.util.Optional;
import java.util.stream.Stream;

/** The other applications that a cluster shows in the same namespace. */
@FunctionalInterface
public interface Neighbours {

    Neighbours NONE = Stream::empty;

    Stream<Observation> shown();

    /** Whose a Deployment is. */
    default Optional<ApplicationName> withDeployment(String name) {
        return shown().filter(other -> other.workloads().stream()
                        .anyMatch(workload -> workload.name().equals(name)))
                .map(Observation::application)
                .findFirst();
    }

    /** Whose a Service is. */
    default Optional<ApplicationName> withService(String name) {
        return shown().filter(other -> other.services().stream()
                        .anyMatch(service -> service.name().equals(name)))
                .map(Observation::application)
                .findFirst();
    }
}
