package dev.shiplog.cli.releasefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row: what is wrong, in a release file that is right otherwise, and exactly what is said of it. */
@SuppressWarnings("StringConcatToTextBlock") // A small file reads well in one or two lines.
class BadReleaseFilesTest {

    private static final String HEAD = """
            apiVersion: shiplog.dev/v1
            kind: Release
            metadata: {name: hello}
            spec:
              objects: [hello-deployment.yaml]
            """;

    @TempDir
    Path path;

    static Stream<Arguments> specs() {
        return Stream.of(
                row(
                        "an unknown field, with the nearest right name",
                        "  strategi: {rolling: {}}",
                        "release.yaml:6:3: spec.strategi: unknown field; did you mean \"strategy\"?"),
                row(
                        "an unknown field that is near to none",
                        "  pipeline: {}",
                        "release.yaml:6:3: spec.pipeline: unknown field; there are cause, objects, configMapGenerator,"
                                + " secretGenerator, clusters, strategy, overrides, forceConflicts"),
                row(
                        "an unknown field deep down",
                        "  strategy: {rolling: {maxSurge: 1, maxUnavailible: 0}}",
                        "release.yaml:6:37: spec.strategy.rolling.maxUnavailible: unknown field; did you mean"
                                + " \"maxUnavailable\"?"),
                row(
                        "two strategies",
                        "  strategy: {rolling: {}, recreate: {}}",
                        "release.yaml:6:13: spec.strategy: needs exactly 1 of rolling, recreate, canary,"
                                + " blueGreen, has 2"),
                row(
                        "a strategy as a word",
                        "  strategy: recreate",
                        "release.yaml:6:13: spec.strategy: expected a mapping, found the text \"recreate\""),
                row(
                        "a pause as its length",
                        "  strategy: {canary: {steps: [{pause: 5m}]}}",
                        "release.yaml:6:39: spec.strategy.canary.steps[0].pause: expected a mapping, found the text"
                                + " \"5m\"; write {duration: 5m}"),
                row(
                        "a canary's scale as a number",
                        "  strategy: {canary: {steps: [{setCanaryScale: 1}]}}",
                        "release.yaml:6:48: spec.strategy.canary.steps[0].setCanaryScale: expected a mapping, found the"
                                + " number 1; write {replicas: 1}"),
                row(
                        "a length of time as a number",
                        "  strategy: {canary: {steps: [{pause: {duration: 300}}]}}",
                        "release.yaml:6:50: spec.strategy.canary.steps[0].pause.duration: expected a text, found the"
                                + " number 300; write it in a form such as 5m"),
                row(
                        "the name that another tool has",
                        "  strategy: {blueGreen: {scaleDownDelaySeconds: 30}}",
                        "release.yaml:6:26: spec.strategy.blueGreen.scaleDownDelaySeconds: unknown field; did you mean"
                                + " \"scaleDownDelay\"?"),
                row(
                        "another name that another tool has",
                        "  strategy: {blueGreen: {autoPromotionEnabled: true}}",
                        "release.yaml:6:26: spec.strategy.blueGreen.autoPromotionEnabled: unknown field; did you mean"
                                + " \"autoPromotion\"?"),
                row(
                        "a share without form",
                        "  strategy: {rolling: {maxSurge: a lot}}",
                        "release.yaml:6:34: spec.strategy.rolling.maxSurge: \"a lot\" has not the right form; write it as"
                                + " 25%"),
                row(
                        "negative replicas",
                        "  overrides: [{replicas: -1}]",
                        "release.yaml:6:26: spec.overrides[0].replicas: must be 0 or more, is -1"),
                row(
                        "replicas that are no number",
                        "  overrides: [{replicas: two}]",
                        "release.yaml:6:26: spec.overrides[0].replicas: expected a whole number, found the text \"two\""),
                row(
                        "a text that YAML reads as truth",
                        "  cause: yes",
                        "release.yaml:6:10: spec.cause: expected a text, found the truth value true; put it in quotes"),
                row(
                        "a label that YAML reads as a number",
                        "  clusters: {matchLabels: {tier: 1}}",
                        "release.yaml:6:34: spec.clusters.matchLabels.tier: expected a text, found the number 1; put it in"
                                + " quotes"),
                row(
                        "an operator that there is not",
                        "  clusters: {matchExpressions: [{key: region, operator: in, values: [a]}]}",
                        "release.yaml:6:57: spec.clusters.matchExpressions[0].operator: \"in\" is not known; did you mean"
                                + " \"In\"?"),
                row(
                        "a list with one entry, not as a list",
                        "  configMapGenerator: [{name: conf, files: conf.txt}]",
                        "release.yaml:6:44: spec.configMapGenerator[0].files: expected a list, found the text \"conf.txt\";"
                                + " write [conf.txt]"),
                row(
                        "a generator without a name",
                        "  configMapGenerator: [{literals: [a=b]}]",
                        "release.yaml:6:24: spec.configMapGenerator[0].name: is missing"),
                row(
                        "a generator without content",
                        "  secretGenerator: [{name: empty}]",
                        "release.yaml:6:21: spec.secretGenerator[0]: has no content; give it files or literals"),
                row(
                        "a secret literal without a key, which is not repeated",
                        "  secretGenerator: [{name: token, literals: [s3cr3t]}]",
                        "release.yaml:6:46: spec.secretGenerator[0].literals: has not the form KEY=VALUE"),
                row(
                        "a generator's file that is missing",
                        "  configMapGenerator: [{name: conf, files: [conf.txt]}]",
                        "release.yaml:6:45: spec.configMapGenerator[0].files: no file conf.txt"),
                row(
                        "the same key twice",
                        "  cause: one\n  cause: two",
                        "release.yaml:7:3: \"cause\" is there twice, first in line 6; leave one of them"),
                row(
                        "a field that was left empty",
                        "  overrides:",
                        "release.yaml:6:13: spec.overrides: is empty; give it a list, or leave it out"),
                row(
                        "a canary without steps",
                        "  strategy: {canary: {steps: []}}",
                        "release.yaml:6:30: spec.strategy.canary.steps: needs at least 1, has 0"),
                row(
                        "a share of more than everything",
                        "  strategy: {canary: {steps: [{setWeight: 101}]}}",
                        "release.yaml:6:43: spec.strategy.canary.steps[0].setWeight: must be 100 or less, is 101"),
                row(
                        "a step that comes later",
                        "  strategy: {canary: {steps: [{analysis: {}}]}}",
                        "release.yaml:6:32: spec.strategy.canary.steps[0].analysis: analysis of metrics comes later; use"
                                + " pause, and promote when the metrics are good"),
                row(
                        "a pause of no known length",
                        "  strategy: {canary: {steps: [{pause: {duration: 5 minutes}}]}}",
                        "release.yaml:6:50: spec.strategy.canary.steps[0].pause.duration: \"5 minutes\" has not the right"
                                + " form; write it as 5m"),
                row(
                        "a promotion by a word that there is not",
                        "  strategy: {blueGreen: {autoPromotion: never}}",
                        "release.yaml:6:41: spec.strategy.blueGreen.autoPromotion: is \"never\", must be \"manual\" or {after:"
                                + " 5m}"),
                row(
                        "a promotion by a member that there is not",
                        "  strategy: {blueGreen: {autoPromotion: {afterwards: 5m}}}",
                        "release.yaml:6:41: spec.strategy.blueGreen.autoPromotion.after: is missing\n"
                                + "release.yaml:6:42: spec.strategy.blueGreen.autoPromotion.afterwards: unknown field; there"
                                + " are after"),
                row(
                        "an inline patch that is none",
                        "  overrides: [{patches: [patch.yaml]}]",
                        "release.yaml:6:26: spec.overrides[0].patches[0]: expected a mapping, found the text"
                                + " \"patch.yaml\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void specs(String name, String spec, String said) {
        var folder = new Folder(path)
                .with("hello-deployment.yaml", Folder.DEPLOYMENT)
                .with("release.yaml", HEAD + spec + "\n");

        assertThat(folder.refusal("release.yaml")).isEqualTo(said);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                row(
                        "malformed YAML",
                        "apiVersion: shiplog.dev/v1\nkind: Release\n  metadata: {}\n",
                        "release.yaml:3:11: malformed YAML: mapping values are not allowed here"),
                row(
                        "a bracket that is never closed",
                        "apiVersion: shiplog.dev/v1\nspec: {objects: [a.yaml\n",
                        "release.yaml:3:1: malformed YAML: while parsing a flow sequence, expected ',' or ']', but got"
                                + " <stream end>"),
                row(
                        "a tab as indentation",
                        "apiVersion: shiplog.dev/v1\nmetadata:\n\tname: hello\n",
                        "release.yaml:3:1: malformed YAML: while scanning for the next token, found character"
                                + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                row(
                        "another version",
                        "apiVersion: shiplog.dev/v2\nkind: Release\n",
                        "release.yaml:1:13: apiVersion: \"shiplog.dev/v2\" is not known here; this shiplog reads"
                                + " shiplog.dev/v1"),
                row(
                        "another kind of ours",
                        "apiVersion: shiplog.dev/v1\nkind: Cluster\n",
                        "release.yaml:2:7: kind: a Cluster can't be applied; a release has the kind Release"),
                row(
                        "no version",
                        "kind: Release\nmetadata: {name: hello}\nspec: {objects: [hello-deployment.yaml]}\n",
                        "release.yaml:1:1: apiVersion: is missing"),
                row(
                        "several things at once",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {nam: hello}\nspec: {objects: [a.yaml]}\n",
                        "release.yaml:3:11: metadata.name: is missing\n"
                                + "release.yaml:3:12: metadata.nam: unknown field; did you mean \"name\"?\n"
                                + "release.yaml:4:18: spec.objects[0]: no file a.yaml"),
                row(
                        "a name that Kubernetes would refuse",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: Hello World}\n"
                                + "spec: {objects: [hello-deployment.yaml]}\n",
                        "release.yaml:3:18: metadata.name: \"Hello World\" has not the right form; write it as frontend"),
                row(
                        "no objects",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\nspec: {cause: nothing}\n",
                        "release.yaml:4:7: spec: has no objects; a release needs at least one, e.g. objects:"
                                + " [deployment.yaml]"),
                row(
                        "objects under a name that is nearly right, which is told once",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\n"
                                + "spec: {obects: [hello-deployment.yaml]}\n",
                        "release.yaml:4:8: spec.obects: unknown field; did you mean \"objects\"?"),
                row(
                        "an object file with a name that is nearly right",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\n"
                                + "spec: {objects: [hello-deploymnet.yaml]}\n",
                        "release.yaml:4:18: spec.objects[0]: no file hello-deploymnet.yaml; did you mean"
                                + " hello-deployment.yaml?"),
                row(
                        "the same object twice",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\n"
                                + "spec: {objects: [hello-deployment.yaml, hello-deployment.yaml]}\n",
                        "hello-deployment.yaml:1:1: Deployment hello is there twice, first at"
                                + " hello-deployment.yaml:1:1"),
                row(
                        "an inline object without a kind",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\n"
                                + "spec: {objects: [{apiVersion: v1, metadata: {name: a}}]}\n",
                        "release.yaml:4:18: spec.objects[0].kind: is missing"),
                row(
                        "a tag of another program",
                        "apiVersion: shiplog.dev/v1\nkind: !vault Release\n",
                        "release.yaml:2:7: \"Release\" with the tag !vault is not understood; leave the tag out"),
                row(
                        "a value that contains itself",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: &a {name: b, labels: *a}\n",
                        "release.yaml:3:11: the value contains itself by an alias"),
                row("nothing at all", "# only a comment\n", "release.yaml: there is nothing to apply in it"),
                row(
                        "no objects but a list",
                        "- a\n- b\n",
                        "release.yaml:1:1: expected a Kubernetes object, found a list"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void files(String name, String text, String said) {
        var folder = new Folder(path)
                .with("hello-deployment.yaml", Folder.DEPLOYMENT)
                .with("release.yaml", text);

        assertThat(folder.refusal("release.yaml")).startsWith(said);
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                row(
                        "a name that is missing",
                        "apiVersion: v1\nkind: Service\nmetadata: {labels: {a: b}}\n",
                        "object.yaml:3:11: metadata.name: is missing; the Service needs a name"),
                row(
                        "a name that would be another each time",
                        "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n",
                        "object.yaml:3:11: metadata.name: is missing; generateName would make another object at every"
                                + " release"),
                row(
                        "a Secret with a value that is not base64, which is not repeated",
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {token: 's3cr3t!'}\n",
                        "object.yaml:4:15: data.token: is not base64; put a value in the clear under stringData"),
                row(
                        "a Secret with a number for a value, which is not repeated",
                        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {pin: 1234}\n",
                        "object.yaml:4:19: stringData.pin: expected a text; put it in quotes"),
                row(
                        "negative replicas",
                        deployment("{replicas: -3}"),
                        "object.yaml:4:18: spec.replicas: must be 0 or more, is -3"),
                row(
                        "replicas that are no number",
                        deployment("{replicas: x}"),
                        "object.yaml:4:18: spec.replicas: expected a whole number, found the text \"x\""),
                row(
                        "a field that is nearly right",
                        deployment("{replica: 3}"),
                        "object.yaml:4:8: spec.replica: unknown field; did you mean \"replicas\"?"),
                row(
                        "a field of a pod that is nearly right",
                        deployment("{template: {spec: {contianers: []}}}"),
                        "object.yaml:4:26: spec.template.spec.contianers: unknown field; did you mean"
                                + " \"containers\"?"),
                row(
                        "a value of the environment that is a number",
                        deployment("{template: {spec: {containers: [{env: [{name: a, value: 5}]}]}}}"),
                        "object.yaml:4:63: spec.template.spec.containers[0].env[0].value: expected a text, found the"
                                + " number 5; put it in quotes"),
                row(
                        "a Service with a field that is nearly right",
                        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{targetport: 80}]}\n",
                        "object.yaml:4:17: spec.ports[0].targetport: unknown field; did you mean \"targetPort\"?"),
                row(
                        "a release inside a release",
                        "apiVersion: shiplog.dev/v1\nkind: Release\n",
                        "object.yaml:1:1: is a Release; a release is made of Kubernetes objects, apply this file by"
                                + " itself"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void objects(String name, String text, String said) {
        var folder = new Folder(path)
                .with("object.yaml", text)
                .with("release.yaml", HEAD.replace("hello-deployment", "object"));

        assertThat(folder.refusal("release.yaml")).isEqualTo(said);
    }

    /** What another version, another kind of object or kubectl itself writes is for the cluster to judge. */
    @Test
    void fieldsUnlikeAnyThatWeKnowGoToTheClusters() {
        var folder = new Folder(path)
                .with(
                        "object.yaml",
                        "apiVersion: apps/v1\nkind: Deployment\n"
                                + "metadata: {name: hello, creationTimestamp: null, annotations: }\n"
                                + "spec: {fromTheFuture: 1, strategy: {}, template: {spec: {containers: [{name: a,"
                                + " resources: {limits: {cpu: 0.2, memory: 10Mi}},"
                                + " readinessProbe: {httpGet: {port: http}}}]}}}\nstatus: {}\n")
                .with(
                        "other.yaml",
                        "apiVersion: example.dev/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replica: x}\n")
                .with("release.yaml", HEAD.replace("hello-deployment.yaml", "object.yaml, other.yaml"));

        assertThat(folder.read("release.yaml")).hasSize(1);
    }

    private static String deployment(String spec) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: hello}\nspec: " + spec + "\n";
    }

    private static Arguments row(String name, String given, String said) {
        return Arguments.of(name, given, said);
    }
}
