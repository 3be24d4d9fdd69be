package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of an object on a cluster: no more than an observation needs, a few hundred bytes where the object itself
 * takes ten times that.
 */
sealed interface Shown {

    ApplicationName application();

    /**
     * A Deployment.
     *
     * @param deadlineExceededAt when the condition of an exceeded deadline was last updated, as the server writes it
     */
    record Deployed(
            ApplicationName application,
            Observation.Workload workload,
            Optional<String> deadlineExceededAt,
            Duration progressDeadline)
            implements Shown {

        private static final int DEFAULT_DEADLINE_SECONDS = 600;

        static Optional<Deployed> of(Json.Obj deployment) {
            return Shown.application(deployment).map(application -> of(application, deployment));
        }

        private static Deployed of(ApplicationName application, Json.Obj deployment) {
            var metadata = deployment.object("metadata");
            var spec = deployment.object("spec");
            var status = deployment.object("status");
            var exceeded = condition(status, "Progressing")
                    .filter(condition -> is(condition, "status", "False"))
                    .filter(condition -> is(condition, "reason", "ProgressDeadlineExceeded"));
            var workload = new Observation.Workload(
                    metadata.text("name").orElse(""),
                    Shown.mark(deployment),
                    Shown.annotatedNumber(deployment, Rendering.REVISION),
                    longNumber(metadata, "generation"),
                    longNumber(status, "observedGeneration"),
                    spec.number("replicas").orElse(1),
                    status.number("replicas").orElse(0),
                    status.number("updatedReplicas").orElse(0),
                    status.number("readyReplicas").orElse(0),
                    status.number("availableReplicas").orElse(0),
                    spec.at("paused").equals(Optional.of(Json.bool(true))),
                    images(spec),
                    exceeded.map(condition -> condition.text("message").orElse("")),
                    condition(status, "ReplicaFailure")
                            .filter(condition -> is(condition, "status", "True"))
                            .map(condition -> condition.text("message").orElse("")));
            return new Deployed(
                    application,
                    workload,
                    exceeded.map(condition -> condition.text("lastUpdateTime").orElse("")),
                    Duration.ofSeconds(spec.number("progressDeadlineSeconds").orElse(DEFAULT_DEADLINE_SECONDS)));
        }

        private static List<String> images(Json.Obj spec) {
            return spec.object("template").object("spec").list("containers").stream()
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    .flatMap(container -> container.text("image").stream())
                    .map(String::intern)
                    .toList();
        }

        private static Optional<Json.Obj> condition(Json.Obj status, String type) {
            return status.list("conditions").stream()
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    .filter(condition -> is(condition, "type", type))
                    .findFirst();
        }

        private static boolean is(Json.Obj object, String name, String value) {
            return object.text(name).filter(value::equals).isPresent();
        }

        private static long longNumber(Json.Obj object, String name) {
            return object.at(name)
                    .filter(Json.Num.class::isInstance)
                    .map(Json.Num.class::cast)
                    .map(Json.Num::value)
                    .map(BigDecimal::longValue)
                    .orElse(0L);
        }
    }

    /**
     * A Service.
     *
     * @param externalAddress of a load balancer, with the first port: {@code 203.0.113.7:443}
     */
    record Served(
            ApplicationName application,
            String name,
            Observation.Mark mark,
            Map<String, String> selector,
            Optional<String> externalAddress)
            implements Shown {

        static Optional<Served> of(Json.Obj service) {
            return Shown.application(service)
                    .map(application -> new Served(
                            application,
                            service.object("metadata").text("name").orElse(""),
                            Shown.mark(service),
                            selector(service),
                            externalAddress(service)));
        }

        private static Map<String, String> selector(Json.Obj service) {
            var selector = service.object("spec").object("selector");
            var texts = new TreeMap<String, String>();
            selector.members().keySet().forEach(key -> selector.text(key).ifPresent(text -> texts.put(key, text)));
            return Map.copyOf(texts);
        }

        private static Optional<String> externalAddress(Json.Obj service) {
            var port = service.object("spec").list("ports").stream()
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    .flatMap(first -> first.number("port").stream())
                    .findFirst();
            return service.object("status").object("loadBalancer").list("ingress").stream()
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    .flatMap(ingress -> ingress.text("ip").or(() -> ingress.text("hostname")).stream())
                    .map(host -> host.contains(":") ? "[" + host + "]" : host)
                    .map(host -> port.map(number -> host + ":" + number).orElse(host))
                    .findFirst();
        }
    }

    /**
     * An EndpointSlice of a Service. It has the Service's labels, but not its annotations.
     *
     * @param ready the number of ready endpoints by the {@link PodName#stem} of their pods' names
     */
    record Endpoints(ApplicationName application, String service, Map<String, Integer> ready) implements Shown {

        private static final String SERVICE_NAME = "kubernetes.io/service-name";

        static Optional<Endpoints> of(Json.Obj slice) {
            var metadata = slice.object("metadata");
            var labels = metadata.object("labels");
            var name = labels.text(Rendering.APPLICATION_LABEL);
            var service = labels.text(SERVICE_NAME);
            if (name.isEmpty() || service.isEmpty()) {
                return Optional.empty();
            }
            try {
                var application = new ApplicationName(metadata.text("namespace").orElse(""), name.get());
                return Optional.of(new Endpoints(application, service.get(), ready(slice)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static Map<String, Integer> ready(Json.Obj slice) {
            var counts = new TreeMap<String, Integer>();
            slice.list("endpoints").stream()
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    // Absent means unknown, which counts as ready.
                    .filter(endpoint ->
                            !endpoint.object("conditions").at("ready").equals(Optional.of(Json.bool(false))))
                    .forEach(endpoint -> counts.merge(
                            PodName.stem(
                                    endpoint.object("targetRef").text("name").orElse("")),
                            1,
                            Integer::sum));
            return Map.copyOf(counts);
        }
    }

    private static Optional<ApplicationName> application(Json.Obj object) {
        try {
            return object.object("metadata")
                    .object("annotations")
                    .text(Rendering.APPLICATION)
                    .map(ApplicationName::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Observation.Mark mark(Json.Obj object) {
        return new Observation.Mark(
                annotatedNumber(object, Rendering.GENERATION), annotatedNumber(object, Rendering.LEG));
    }

    private static int annotatedNumber(Json.Obj object, String annotation) {
        return object.object("metadata")
                .object("annotations")
                .text(annotation)
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
