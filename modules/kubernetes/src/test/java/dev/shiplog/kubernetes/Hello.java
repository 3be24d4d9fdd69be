package dev.shiplog.kubernetes;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The walkthrough's application as the engine would assign it. */
record Hello(ApplicationName application, int generation, String image, int replicas, boolean force) {

    Hello generation(int other) {
        return new Hello(application, other, image, replicas, force);
    }

    Hello image(String other) {
        return new Hello(application, generation, other, replicas, force);
    }

    Hello replicas(int other) {
        return new Hello(application, generation, image, other, force);
    }

    Hello forced() {
        return new Hello(application, generation, image, replicas, true);
    }

    RolloutTask.Apply apply() {
        return apply(List.of(config(), secret(), service(), deployment()));
    }

    RolloutTask.Apply apply(List<KubernetesObject> objects) {
        return new RolloutTask.Apply(
                new Assignment(
                        application,
                        "eu-1",
                        generation,
                        generation,
                        objects,
                        Strategy.AS_WRITTEN,
                        Directions.NONE,
                        false,
                        false,
                        force,
                        "test"),
                0,
                objects,
                Strategy.CapacityCheck.OFF);
    }

    KubernetesObject config() {
        return object("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"hello-conf"},"data":{"greeting":"hello"}}""");
    }

    KubernetesObject secret() {
        var secret = object("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"hello-tls-1a2b3",
                 "annotations":{"shiplog.dev/name":"hello-tls"}},"type":"Opaque"}""");
        return new KubernetesObject(secret.json(), new TreeMap<>(Map.of("key", "sealed:hunter2")));
    }

    KubernetesObject service() {
        return object("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"hello"},
                 "spec":{"type":"LoadBalancer","selector":{"app":"hello"},"ports":[{"port":443,"targetPort":80}]}}""");
    }

    KubernetesObject deployment() {
        return object("""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hello"},
                 "spec":{"replicas":%d,"progressDeadlineSeconds":2,"selector":{"matchLabels":{"app":"hello"}},
                  "template":{"metadata":{"labels":{"app":"hello","track":"stable"}},
                   "spec":{"containers":[{"name":"hello","image":"%s",
                    "resources":{"limits":{"cpu":0.2,"memory":"10240Ki"}}}]}}}}""".formatted(replicas, image));
    }

    KubernetesObject object(String text) {
        var json = JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        return new KubernetesObject(json.withObject(
                        "metadata", metadata -> metadata.with("namespace", Json.text(application.namespace()))))
                .withLabels(Map.of(
                        Rendering.APPLICATION_LABEL,
                        application.name(),
                        Rendering.MANAGED_BY_LABEL,
                        Rendering.MANAGED_BY))
                .withAnnotations(Map.of(
                        Rendering.APPLICATION, application.toString(),
                        Rendering.REVISION, Integer.toString(generation),
                        Rendering.GENERATION, Integer.toString(generation)));
    }
}
