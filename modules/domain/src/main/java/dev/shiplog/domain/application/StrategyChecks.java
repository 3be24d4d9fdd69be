package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.UserServices;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;

/** What a strategy must hold to, by itself and with the objects that it is to bring out. */
final class StrategyChecks {

    private static final int MOST_AFFINITY_SECONDS = 86_400;

    /**
     * Kubernetes cuts the generated name of a pod, but for five characters of chance, to 58. As many as this leave three
     * letters of {@code canary}, {@code blue} or {@code green}: with a vowel, which no hash of a template has, so that the
     * endpoints of all sides can be told apart by the names of their pods.
     */
    private static final int LONGEST_WORKLOAD_NAME = 53;

    record Problem(String path, String sentence) {}

    private StrategyChecks() {}

    static Optional<Problem> problem(String path, Strategy strategy, ApplicationName application, ReleaseSpec spec) {
        return switch (strategy) {
            case Strategy.Rolling rolling ->
                limits(path + ".rolling", rolling.maxSurge(), rolling.maxUnavailable())
                        .or(() -> deadline(path + ".rolling", rolling.progressDeadlineSeconds()));
            case Strategy.Recreate recreate -> deadline(path + ".recreate", recreate.progressDeadlineSeconds());
            case Strategy.Canary canary -> canary(path + ".canary", canary, application, spec);
            case Strategy.BlueGreen blueGreen -> blueGreen(path + ".blueGreen", blueGreen, application, spec);
        };
    }

    private static Optional<Problem> limits(String path, Optional<Amount> maxSurge, Optional<Amount> maxUnavailable) {
        boolean stands = maxSurge.filter(StrategyChecks::isZero).isPresent()
                && maxUnavailable.filter(StrategyChecks::isZero).isPresent();
        if (stands) {
            return problem(path, "maxSurge and maxUnavailable may not both be 0");
        }
        return maxUnavailable
                        .filter(amount -> amount.percent() && amount.value() > 100)
                        .isPresent()
                ? problem(path + ".maxUnavailable", "may not be over 100%")
                : Optional.empty();
    }

    private static Optional<Problem> deadline(String path, Optional<Integer> seconds) {
        return seconds.filter(value -> value <= 0).isPresent()
                ? problem(path + ".progressDeadlineSeconds", "must be more than 0")
                : Optional.empty();
    }

    private static boolean isZero(Amount amount) {
        return amount.value() == 0;
    }

    // ---- canary

    private static Optional<Problem> canary(
            String path, Strategy.Canary canary, ApplicationName application, ReleaseSpec spec) {
        if (canary.steps().isEmpty()) {
            return problem(path + ".steps", "at least one step is needed, e.g. - setWeight: 25, then - pause: {}");
        }
        for (int i = 0; i < canary.steps().size(); i++) {
            var problem = step(path + ".steps[" + i + "]", canary.steps().get(i));
            if (problem.isPresent()) {
                return problem;
            }
        }
        int affinity = canary.sessionAffinity()
                .map(Strategy.SessionAffinity::timeoutSeconds)
                .orElse(1);
        if (affinity < 1 || affinity > MOST_AFFINITY_SECONDS) {
            return problem(
                    path + ".sessionAffinity.timeoutSeconds",
                    "must be from 1 to " + MOST_AFFINITY_SECONDS + " (a day)");
        }
        if (canary.scaleDownDelay().filter(java.time.Duration::isNegative).isPresent()) {
            return problem(path + ".scaleDownDelay", "may not be negative");
        }
        if (canary.rollbackWindow().filter(window -> window < 0).isPresent()) {
            return problem(path + ".rollbackWindow", "must be 0 or more");
        }
        return limits(path, canary.maxSurge(), canary.maxUnavailable())
                .or(() -> deadline(path, canary.progressDeadlineSeconds()))
                .or(() -> withWorkload(path, application, spec, List.of(Role.CANARY)))
                .or(() -> servicesSelectCanary(path, application, spec))
                .or(() -> canary.trafficRouting()
                        .flatMap(routing -> RoutingChecks.problem(path, canary, routing, application, spec)));
    }

    private static Optional<Problem> step(String path, Strategy.CanaryStep step) {
        return switch (step) {
            case Strategy.CanaryStep.SetWeight set ->
                set.weight() < 0 || set.weight() > 100
                        ? problem(path + ".setWeight", "must be from 0 to 100, not " + set.weight())
                        : Optional.empty();
            case Strategy.CanaryStep.SetCanaryScale set ->
                set.replicas() < 0 ? problem(path + ".setCanaryScale.replicas", "must be 0 or more") : Optional.empty();
            case Strategy.CanaryStep.Pause pause ->
                pause.duration()
                                .filter(duration -> duration.isNegative() || duration.isZero())
                                .isPresent()
                        ? problem(path + ".pause.duration", "must be more than 0; without one it waits until promoted")
                        : Optional.empty();
        };
    }

    /**
     * A Service that tells stable pods from the canary's would never send the canary a request, and one that selects no
     * pods sends none to anybody. Where there is no Service for the pods, they are asked for nothing: a worker.
     */
    private static Optional<Problem> servicesSelectCanary(String path, ApplicationName application, ReleaseSpec spec) {
        var workload =
                Rendering.mainWorkload(application.name(), spec.objects()).orElseThrow();
        var services = spec.objects().stream()
                .filter(object -> object.kind().equals("Service")
                        && !object.json()
                                .object("spec")
                                .object("selector")
                                .members()
                                .isEmpty())
                .toList();
        var selecting = services.stream()
                .filter(service -> UserServices.selects(service, workload))
                .toList();
        var apart = selecting.stream()
                .filter(service -> service.json()
                        .object("spec")
                        .object("selector")
                        .at(Role.TRACK)
                        .isPresent())
                .findFirst()
                .flatMap(service -> problem(
                        path,
                        "Service \"" + service.name() + "\" selects " + Role.TRACK
                                + ", which tells the canary's pods from the stable ones; take it out of the selector, so"
                                + " that both are served"));
        return apart.isPresent() || !selecting.isEmpty() ? apart : stray(path, workload, services, spec);
    }

    private static Optional<Problem> stray(
            String path, KubernetesObject workload, List<KubernetesObject> services, ReleaseSpec spec) {
        return services.stream()
                .filter(service -> spec.objects().stream()
                        .noneMatch(object -> object.isWorkload() && UserServices.selects(service, object)))
                .findFirst()
                .flatMap(service -> problem(
                        path,
                        "no Service of the release selects the pods of Deployment \"" + workload.name()
                                + "\", so no request would come to a canary: Service \"" + service.name()
                                + "\" selects "
                                + SelectorChecks.words(UserServices.missing(service, workload))
                                + ", which they don't have"));
    }

    // ---- blue-green

    private static Optional<Problem> blueGreen(
            String path, Strategy.BlueGreen blueGreen, ApplicationName application, ReleaseSpec spec) {
        if (blueGreen.previewReplicas().filter(replicas -> replicas < 1).isPresent()) {
            return problem(path + ".previewReplicas", "must be 1 or more; leave it out for all");
        }
        boolean negative = blueGreen
                .scaleDownDelay()
                .filter(java.time.Duration::isNegative)
                .isPresent();
        if (negative) {
            return problem(path + ".scaleDownDelay", "may not be negative");
        }
        return deadline(path, blueGreen.progressDeadlineSeconds())
                .or(() -> withWorkload(path, application, spec, List.of(Role.BLUE, Role.GREEN)))
                .or(() -> blueGreen
                        .activeService()
                        .flatMap(name -> service(path + ".activeService", name, application, spec)))
                .or(() -> blueGreen
                        .previewService()
                        .flatMap(name -> service(path + ".previewService", name, application, spec)))
                .or(() -> activeService(path, blueGreen, application, spec));
    }

    private static Optional<Problem> service(String path, String name, ApplicationName application, ReleaseSpec spec) {
        var service = spec.objects().stream()
                .filter(object ->
                        object.kind().equals("Service") && object.name().equals(name))
                .findFirst();
        if (service.isEmpty()) {
            return problem(path, "the release has no Service \"" + name + "\"; add it to spec.objects");
        }
        var workload =
                Rendering.mainWorkload(application.name(), spec.objects()).orElseThrow();
        return UserServices.selects(service.get(), workload)
                ? Optional.empty()
                : problem(
                        path,
                        "Service \"" + name + "\" does not select the pods of Deployment \"" + workload.name()
                                + "\"; its selector has to fit their labels");
    }

    private static Optional<Problem> activeService(
            String path, Strategy.BlueGreen blueGreen, ApplicationName application, ReleaseSpec spec) {
        if (blueGreen.activeService().isPresent()) {
            return blueGreen.activeService().equals(blueGreen.previewService())
                    ? problem(path + ".previewService", "must be another Service than activeService")
                    : Optional.empty();
        }
        var workload =
                Rendering.mainWorkload(application.name(), spec.objects()).orElseThrow();
        boolean served = spec.objects().stream()
                .anyMatch(object -> object.kind().equals("Service")
                        && !blueGreen
                                .previewService()
                                .filter(object.name()::equals)
                                .isPresent()
                        && UserServices.selects(object, workload));
        if (served) {
            return Optional.empty();
        }
        return blueGreen.previewService().isPresent()
                ? problem(
                        path + ".previewService",
                        "Service \"" + blueGreen.previewService().get()
                                + "\" is the only one that selects the pods of Deployment \"" + workload.name()
                                + "\", so users come by it; name another one, or add a second Service to spec.objects")
                : problem(
                        path,
                        "no Service of the release selects the pods of Deployment \"" + workload.name()
                                + "\", so there is nothing to switch; add one to spec.objects");
    }

    // ---- both

    private static Optional<Problem> withWorkload(
            String path, ApplicationName application, ReleaseSpec spec, List<Role> roles) {
        var workload = Rendering.mainWorkload(application.name(), spec.objects());
        if (workload.isEmpty()) {
            return problem(path, "the release has no Deployment to carry it out for; use rolling, or leave it out");
        }
        int length = workload.get().name().length();
        if (length > LONGEST_WORKLOAD_NAME) {
            return problem(
                    path,
                    "the name of Deployment \"" + workload.get().name() + "\" has " + length
                            + " characters, and only up to "
                            + LONGEST_WORKLOAD_NAME
                            + " can the pods of several Deployments be told apart; use rolling, or a shorter name");
        }
        for (var role : roles) {
            var label = role.label();
            boolean isTaken = workload.get()
                    .json()
                    .object("spec")
                    .object("template")
                    .object("metadata")
                    .object("labels")
                    .text(label)
                    .filter(role.word()::equals)
                    .isPresent();
            if (isTaken) {
                return problem(
                        path,
                        "the pods of Deployment \"" + workload.get().name() + "\" carry the label " + label + ": "
                                + role.word() + ", by which Shiplog tells its own pods apart; take it out of the"
                                + " template and of the selector");
            }
            var name = role.nameOf(workload.get().name());
            if (spec.objects().stream()
                    .anyMatch(object -> object.isWorkload() && object.name().equals(name))) {
                return problem(path, "the release has a Deployment \"" + name + "\" itself; Shiplog makes that one");
            }
        }
        return spec.objects().stream()
                .filter(object -> scales(object, workload.get()))
                .findFirst()
                .flatMap(scaler -> problem(
                        path,
                        "HorizontalPodAutoscaler \"" + scaler.name() + "\" sets the number of pods of \""
                                + workload.get().name() + "\" too; a canary and colours need a number of their own"));
    }

    private static boolean scales(KubernetesObject object, KubernetesObject workload) {
        var target = object.json().object("spec").object("scaleTargetRef");
        return object.kind().equals("HorizontalPodAutoscaler")
                && target.text("kind").filter("Deployment"::equals).isPresent()
                && target.text("name").filter(workload.name()::equals).isPresent();
    }

    private static Optional<Problem> problem(String path, String sentence) {
        return Optional.of(new Problem(path, sentence));
    }
}
