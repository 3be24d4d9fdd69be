package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.Rejection.InvalidRelease;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a release must hold to, whatever the clusters say later. */
final class ReleaseChecks {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ReleaseChecks() {}

    static Optional<Rejection> problem(ApplicationName application, ReleaseSpec spec) {
        if (spec.objects().isEmpty()) {
            return invalid("spec.objects", "a release needs at least one Kubernetes object");
        }
        Set<ObjectKey> seen = new HashSet<>();
        for (int i = 0; i < spec.objects().size(); i++) {
            var object = spec.objects().get(i);
            var problem = problem("spec.objects[" + i + "]", application, object);
            if (problem.isPresent()) {
                return problem;
            }
            if (!seen.add(placed(object, application))) {
                return invalid("spec.objects[" + i + "]", object.key() + " is there twice");
            }
        }
        var containers = containers(spec);
        for (int i = 0; i < spec.overrides().size(); i++) {
            var override = spec.overrides().get(i);
            var path = "spec.overrides[" + i + "]";
            if (override.replicas().filter(replicas -> replicas < 0).isPresent()) {
                return invalid(path + ".replicas", "must be 0 or more");
            }
            var strangers = new TreeSet<>(override.images().keySet());
            strangers.removeAll(containers);
            if (!strangers.isEmpty()) {
                return invalid(path + ".images", new Rejection.UnknownContainer(strangers, containers).sentence());
            }
            for (int j = 0; j < override.patches().size(); j++) {
                var patch = override.patches().get(j);
                if (patch.text("kind").filter("Secret"::equals).isPresent() && carriesValues(patch)) {
                    return invalid(
                            path + ".patches[" + j + "]",
                            "a patch may not carry the values of a Secret; give the cluster a sealed Secret of its own");
                }
                if (spec.objects().stream().noneMatch(object -> Rendering.appliesTo(patch, object))) {
                    return invalid(
                            path + ".patches[" + j + "]",
                            "no object of the release has its kind and name; name them as in the object to be patched");
                }
            }
            var problem =
                    override.strategy().flatMap(strategy -> problem(path + ".strategy", strategy, application, spec));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return problem("spec.strategy", spec.strategy(), application, spec);
    }

    private static Optional<Rejection> problem(String path, ApplicationName application, KubernetesObject object) {
        if (object.kind().isEmpty() || object.apiVersion().isEmpty()) {
            return invalid(path, "apiVersion and kind are needed");
        }
        if (object.name().isEmpty()) {
            return invalid(path + ".metadata.name", "the " + object.kind() + " needs a name");
        }
        if (!object.namespace().isEmpty() && !object.namespace().equals(application.namespace())) {
            return invalid(
                    path + ".metadata.namespace",
                    object.key() + " is in \"" + object.namespace() + "\", its application in \""
                            + application.namespace() + "\"; a release stays in one namespace");
        }
        if (object.json()
                .object("spec")
                .number("replicas")
                .filter(replicas -> replicas < 0)
                .isPresent()) {
            return invalid(path + ".spec.replicas", "must be 0 or more");
        }
        boolean plainSecret =
                object.apiVersion().equals("v1") && object.kind().equals("Secret") && carriesValues(object.json());
        if (plainSecret) {
            return invalid(
                    path,
                    object.key()
                            + " carries its values in the clear; seal them (shiplog apply does, or see README, \"Secrets\")");
        }
        return Optional.empty();
    }

    /** Also in the copy that kubectl apply leaves behind in an annotation. */
    private static boolean carriesValues(Json.Obj secret) {
        return secret.at("data").isPresent()
                || secret.at("stringData").isPresent()
                || secret.object("metadata")
                        .object("annotations")
                        .at(LAST_APPLIED)
                        .isPresent();
    }

    private static ObjectKey placed(KubernetesObject object, ApplicationName application) {
        return new ObjectKey(object.apiVersion(), object.kind(), application.namespace(), object.name());
    }

    /** Of all workloads, and what patches add to them. */
    private static Set<String> containers(ReleaseSpec spec) {
        var patched = spec.overrides().stream()
                .flatMap(override -> override.patches().stream())
                .map(KubernetesObject::new);
        return Stream.concat(spec.objects().stream(), patched)
                .flatMap(object ->
                        Stream.concat(Rendering.containers(object).stream(), Rendering.initContainers(object).stream()))
                .flatMap(container -> container.text("name").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Rejection> problem(
            String path, Strategy strategy, ApplicationName application, ReleaseSpec spec) {
        return StrategyChecks.problem(path, strategy, application, spec)
                .map(problem -> new InvalidRelease(problem.path(), problem.sentence()));
    }

    private static Optional<Rejection> invalid(String path, String problem) {
        return Optional.of(new InvalidRelease(path, problem));
    }
}
