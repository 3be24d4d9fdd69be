package dev.shiplog.views.status;

import dev.shiplog.domain.rollout.Observation;
import java.util.Optional;

/** Whose pods users get, by the Services that they come to. */
record Users(Sides sides) {

    /**
     * Pods that were to go and still get requests: {@code 1 of the 5 pods behind Service hello is still of deployment
     * "hello-canary"}.
     */
    Optional<String> strays() {
        return sides.activeServices().stream()
                .flatMap(service -> strays(service).stream())
                .findFirst();
    }

    private Optional<String> strays(Observation.Service service) {
        int all = service.ready().values().stream().mapToInt(Integer::intValue).sum();
        return service.ready().entrySet().stream()
                .filter(backend -> !backend.getKey().isEmpty() && !sides.isPresent(backend.getKey()))
                .map(backend -> backend.getValue() + " of the " + all + " pods behind Service " + service.name()
                        + (backend.getValue() == 1 ? " is" : " are") + " still of deployment \"" + backend.getKey()
                        + "\"")
                .findFirst();
    }
}
