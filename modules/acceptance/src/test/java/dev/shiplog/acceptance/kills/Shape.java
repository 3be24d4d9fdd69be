package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.protocol.ReleaseSpecs;
import java.util.List;
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
            {'object': {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': '%1$s'}, 'spec': {
              'replicas': %2$d,
              'selector': {'matchLabels': {'app': '%1$s', 'track': 'stable'}},
              'template': {'metadata': {'labels': {'app': '%1$s', 'track': 'stable'}},
                'spec': {'containers': [{'name': 'hello', 'image': '%3$s' %4$s}]}}}}}""";

    private static final String REFERENCE = ", 'envFrom': [{'configMapRef': {'name': '%1$s-conf'}}]";

    private static final String REST = """
            , {'object': {'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': '%1$s'},
                'spec': {'selector': {'app': '%1$s'}, 'ports': [{'port': 80}]}}}
            , {'object': {'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': '%1$s-conf'},
                'data': {'of': '%2$s'}}}""";

    private final List<String> ways;

    Shape(String... ways) {
        this.ways = List.of(ways);
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
        var way = ways.get(chance.nextInt(ways.size()));
        boolean isFirst = way.contains("{%s}");
        var strategy = way.formatted(deadline.isEmpty() || isFirst ? deadline : ", " + deadline);
        var reference = this == BARE ? "" : REFERENCE.formatted(name);
        var objects = DEPLOYMENT.formatted(name, 1 + chance.nextInt(hasSteps() ? 4 : 3), image, reference)
                + (this == BARE ? "" : REST.formatted(name, image));
        return ReleaseSpecs.fromJson(
                "{'objects': [%s], 'strategy': %s}".formatted(objects, strategy).replace('\'', '"'));
    }
}
