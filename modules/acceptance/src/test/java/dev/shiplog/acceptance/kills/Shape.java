package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.protocol.ReleaseSpecs;
import java.util.Random;

/** What an application consists of, and how its releases replace one another: by the ways that are listed, in JSON. */
enum Shape {
    /** A Deployment alone. */
    BARE("{'rolling': {%s}}"),
    /** From here on they have a Service, and a ConfigMap that is another in each release. */
    SERVED("{'rolling': {%s}}", "{'rolling': {'maxSurge': '1', 'maxUnavailable': '0' %s}}"),
    /** Not mixed with rolling updates: given Recreate and another size amid one, a Deployment is stuck for ever. */
    RECREATED("{'recreate': {%s}}"),
    CANARY(
            "{'canary': {'steps': [{'setWeight': 25}, {'pause': {}}, {'setWeight': 50}, {'pause': {'duration': '1s'}}] %s}}",
            "{'canary': {'steps': [{'setCanaryScale': {'replicas': 1}}, {'pause': {}}] %s}}",
            "{'canary': {'steps': [{'setWeight': 50}, {'pause': {'duration': '2s'}}], 'scaleDownDelay': '1s' %s}}",
            "{'rolling': {%s}}"),
    COLOURS(
            "{'blueGreen': {'autoPromotion': {'manual': true}, 'capacityCheck': 'off', 'scaleDownDelay': '1s' %s}}",
            "{'blueGreen': {'autoPromotion': {'after': '1s'}, 'capacityCheck': 'off', 'scaleDownDelay': '2s' %s}}");

    private static final String DEADLINE = "'progressDeadlineSeconds': 2";

    private static final String DEPLOYMENT = """
            {'object': {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': 'NAME'}, 'spec': {
              'replicas': PODS,
              'selector': {'matchLabels': {'app': 'NAME', 'track': 'stable'}},
              'template': {'metadata': {'labels': {'app': 'NAME', 'track': 'stable'}},
                'spec': {'containers': [{'name': 'hello', 'image': 'IMAGE' REFERENCE}]}}}}}""";

    private static final String REFERENCE = ", 'envFrom': [{'configMapRef': {'name': 'NAME-conf'}}]";

    private static final String REST = """
            , {'object': {'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': 'NAME'},
                'spec': {'selector': {'app': 'NAME'}, 'ports': [{'port': 80}]}}}
            , {'object': {'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'NAME-conf'},
                'data': {'of': 'IMAGE'}}}""";

    /** A line each. */
    private final String ways;

    Shape(String... ways) {
        this.ways = String.join("\n", ways);
    }

    /** Whether its releases may wait to be promoted. */
    boolean hasSteps() {
        return this == CANARY || this == COLOURS;
    }

    /** Goes to all clusters. */
    ReleaseSpec release(String name, String image, Random chance) {
        return release(name, image, chance, "");
    }

    /** The same with little patience: it fails when its pods don't come. */
    ReleaseSpec impatient(String name, String image, Random chance) {
        return release(name, image, chance, DEADLINE);
    }

    private ReleaseSpec release(String name, String image, Random chance, String deadline) {
        var all = ways.lines().toList();
        var way = all.get(chance.nextInt(all.size()));
        boolean isFirst = way.contains("{%s}");
        var strategy = way.formatted(deadline.isEmpty() || isFirst ? deadline : ", " + deadline);
        var objects = (this == BARE
                        ? DEPLOYMENT.replace("REFERENCE", "")
                        : DEPLOYMENT.replace("REFERENCE", REFERENCE) + REST)
                .replace("NAME", name)
                .replace("PODS", String.valueOf(1 + chance.nextInt(hasSteps() ? 4 : 3)))
                .replace("IMAGE", image);
        return ReleaseSpecs.fromJson(
                "{'objects': [%s], 'strategy': %s}".formatted(objects, strategy).replace('\'', '"'));
    }
}
