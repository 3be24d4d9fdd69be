package dev.shiplog.cli.releasefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("StringConcatToTextBlock") // A small file reads well in one or two lines.
class ReleasesTest {

    private static final String SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: hello}\n";

    @TempDir
    Path path;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{canary: {steps: [{setWeight: 25}, {pause: {}}], maxSurge: 1, maxUnavailable: 0}}"
                        + "|{\"canary\":{\"steps\":[{\"setWeight\":25},{\"pause\":{}}],\"maxSurge\":\"1\",\"maxUnavailable\":\"0\"}}",
                "{blueGreen: {autoPromotion: manual}} | {\"blueGreen\":{\"autoPromotion\":{\"manual\":true}}}",
                "{blueGreen: {autoPromotion: {after: 5m}}} | {\"blueGreen\":{\"autoPromotion\":{\"after\":\"5m\"}}}"
            })
    void strategiesAreSentAsACommandHasThem(String written, String sent) {
        var release = new Folder(path)
                .with("hello.yaml", Folder.DEPLOYMENT)
                .with("release.yaml", """
                        apiVersion: shiplog.dev/v1
                        kind: Release
                        metadata: {name: hello}
                        spec:
                          objects: [hello.yaml]
                          strategy: %s
                        """.formatted(written))
                .read("release.yaml")
                .getFirst();

        assertThat(release.spec()).hasToString("{\"strategy\":" + sent + "}");
    }

    @Test
    void aReleaseFileBringsItsFilesAlong() {
        var release = new Folder(path)
                .with("app/deployments/hello.yaml", Folder.DEPLOYMENT + "---\n" + SERVICE)
                .with("app/conf/app.conf", "level=info\n")
                .with("app/tls/cert.pem", "CERT")
                .with("app/tls/key.pem", "KEY")
                .with("app/release.yaml", """
                        apiVersion: shiplog.dev/v1
                        kind: Release
                        metadata: {name: hello, namespace: shop}
                        spec:
                          cause: first release
                          objects:
                            - deployments/hello.yaml
                            - {apiVersion: v1, kind: ServiceAccount, metadata: {name: hello}}
                          configMapGenerator: [{name: conf, files: [conf/app.conf, other=conf/app.conf], literals: [a=b=c]}]
                          secretGenerator: [{name: tls, files: [tls/], literals: ['token="quoted"'], type: kubernetes.io/tls}]
                          clusters: {matchLabels: {visibility: public}}
                          strategy: {rolling: {maxSurge: 1, maxUnavailable: 25%}}
                          overrides:
                            - clusters: {names: [onprem-busan]}
                              replicas: 1
                              images: {hello: 'mirror/hello:1.0.0'}
                              strategy: {recreate: {}}
                              patches: [{kind: Service, spec: {type: NodePort}}]
                        """)
                .read("app/release.yaml")
                .getFirst();

        assertThat(release.namespace()).contains("shop");
        assertThat(release.name()).isEqualTo("hello");
        assertThat(release.cause()).isEqualTo("first release");
        assertThat(release.objects())
                .hasToString("[Deployment hello, Service hello, ServiceAccount hello, ConfigMap conf, Secret tls]");
        assertThat(release.objects().get(3).json()).hasToString("""
                        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"conf"},\
                        "data":{"a":"b=c","app.conf":"level=info\\n","other":"level=info\\n"}}""");
        var secret = release.objects().getLast();
        assertThat(secret.json()).hasToString("""
                        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"tls"},"type":"kubernetes.io/tls"}""");
        assertThat(values(secret)).isEqualTo("cert.pem=CERT key.pem=KEY token=quoted");
        assertThat(release.spec()).hasToString("""
                        {"clusters":{"matchLabels":{"visibility":"public"}},\
                        "strategy":{"rolling":{"maxSurge":"1","maxUnavailable":"25%"}},\
                        "overrides":[{"clusters":{"names":["onprem-busan"]},"replicas":1,\
                        "images":{"hello":"mirror/hello:1.0.0"},"strategy":{"recreate":{}},\
                        "patchesJson":["{\\"kind\\":\\"Service\\",\\"spec\\":{\\"type\\":\\"NodePort\\"}}"]}]}""");
    }

    @Test
    void aPlainSecretLeavesItsValuesBehind() {
        var secret = new Folder(path)
                .with("all.yaml", Folder.DEPLOYMENT + """
                                ---
                                apiVersion: v1
                                kind: Secret
                                metadata: {name: token}
                                data: {a: c2VjcmV0, both: eA==}
                                stringData: {both: y}
                                """)
                .read("all.yaml")
                .getFirst()
                .objects()
                .getLast();

        assertThat(values(secret)).isEqualTo("a=secret both=y");
        assertThat(secret.json())
                .hasToString("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"token\"}}");
        assertThat(secret).hasToString("Secret token");
    }

    @Test
    void plainManifestsAreAReleaseOfTheirDeployment() {
        var releases = new Folder(path)
                .with(
                        "d.yaml",
                        Folder.DEPLOYMENT.replace(
                                "name: hello",
                                "name: hello, namespace: shop, annotations: {kubernetes.io/change-cause: why}"))
                .with("s.yaml", SERVICE)
                .read("d.yaml", "s.yaml");

        assertThat(releases).hasSize(1);
        assertThat(releases.getFirst().name()).isEqualTo("hello");
        assertThat(releases.getFirst().namespace()).contains("shop");
        assertThat(releases.getFirst().cause()).isEqualTo("why");
        assertThat(releases.getFirst().spec()).isEmpty();
    }

    @Test
    void aListIsUnfolded() {
        var release = new Folder(path)
                .with(
                        "list.yaml",
                        "apiVersion: v1\nkind: List\nitems:\n- "
                                + Folder.DEPLOYMENT.indent(2).strip() + "\n")
                .read("list.yaml")
                .getFirst();

        assertThat(release.objects()).hasToString("[Deployment hello]");
    }

    @Test
    void severalDeploymentsWithoutAReleaseFileAreRefused() {
        var folder = new Folder(path)
                .with("a.yaml", Folder.DEPLOYMENT)
                .with("b.yaml", Folder.DEPLOYMENT.replace("hello", "auth"));

        assertThat(folder.refusal("a.yaml", "b.yaml"))
                .isEqualTo("b.yaml:1:1: there are 2 Deployments (hello, auth) and no release file that says which"
                        + " application they are; apply one at a time, or write a release file that names them under"
                        + " spec.objects (shiplog explain release)");
    }

    @Test
    void withoutADeploymentNobodyKnowsTheApplication() {
        assertThat(new Folder(path).with("s.yaml", SERVICE).refusal("s.yaml"))
                .startsWith(
                        "s.yaml:1:1: without a Deployment there is no telling which application Service hello belongs"
                                + " to");
    }

    @Test
    void aFolderIsReadWholeAndWhatAReleaseNamesIsNotAReleaseOfItsOwn() {
        var releases = new Folder(path)
                .with("all/hello-deployment.yaml", Folder.DEPLOYMENT)
                .with("all/auth.yml", Folder.DEPLOYMENT.replace("hello", "auth"))
                .with("all/notes.txt", "no manifest")
                .with(
                        "all/hello.yaml",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\n"
                                + "spec: {objects: [hello-deployment.yaml]}\n")
                .read("all");

        assertThat(releases).extracting(ReadRelease::name).containsExactly("hello", "auth");
    }

    @Test
    void theStandardInputIsAFileToo() {
        assertThat(new Folder(path).readWith(Folder.DEPLOYMENT, "-").getFirst().name())
                .isEqualTo("hello");
    }

    @Test
    void aMissingFileIsNamedWithTheOneThatWasMeant() {
        assertThat(new Folder(path).with("hello.yaml", Folder.DEPLOYMENT).refusal("helo.yaml"))
                .isEqualTo("helo.yaml: there is no such file or folder; did you mean hello.yaml?");
    }

    @Test
    void filesThatAreNoTextGoToBinaryData() {
        var map = new Folder(path)
                .with("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff})
                .with("d.yaml", Folder.DEPLOYMENT)
                .with(
                        "r.yaml",
                        "apiVersion: shiplog.dev/v1\nkind: Release\nmetadata: {name: hello}\n"
                                + "spec: {objects: [d.yaml], configMapGenerator: [{name: logo, files: [logo.png]}]}\n")
                .read("r.yaml")
                .getFirst()
                .objects()
                .getLast();

        assertThat(map.json().path("binaryData").path("logo.png").asString("")).isEqualTo("iVBOR/8=");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0644, 420",
        "0o644, 420",
        "0x1F, 31",
        "yes, true",
        "Off, false",
        "y, \"y\"",
        "~, null",
        "1e3, 1E+3",
        "0.2, 0.2",
        "10Mi, \"10Mi\"",
        "'\"0644\"', \"0644\"",
        "2026-01-01, \"2026-01-01\"",
        "12345678901234567890, 12345678901234567890",
        "08, \"08\""
    })
    void scalarsMeanWhatTheyMeanToKubectl(String written, String json) {
        var problems = new Problems();
        var document =
                YamlReader.read("f.yaml", "a: " + written + "\n", problems).getFirst();

        assertThat(problems.lines()).isEmpty();
        assertThat(((Yaml.Mapping) document).at("a").orElseThrow().json()).hasToString(json);
    }

    @Test
    void anchorsAliasesAndMergeKeysAreResolved() {
        var problems = new Problems();
        var document = YamlReader.read("f.yaml", "base: &b {x: 1, y: 2}\none: *b\ntwo: {<<: *b, y: 3}\n", problems)
                .getFirst();

        assertThat(problems.lines()).isEmpty();
        assertThat(document.json())
                .hasToString("{\"base\":{\"x\":1,\"y\":2},\"one\":{\"x\":1,\"y\":2},\"two\":{\"y\":3,\"x\":1}}");
    }

    @Test
    void aliasesOfAliasesDoNotFillTheMemory() {
        var text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            text.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        var problems = new Problems();
        YamlReader.read("f.yaml", text.toString(), problems);

        assertThat(problems.lines()).hasSize(1);
    }

    private static String values(ReadRelease.ReadObject secret) {
        return secret.secret().entrySet().stream()
                .map(value -> value.getKey() + "=" + new String(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }
}
