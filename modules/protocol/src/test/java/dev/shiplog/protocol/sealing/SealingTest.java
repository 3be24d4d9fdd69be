package dev.shiplog.protocol.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.JsonValues;
import dev.shiplog.protocol.view.SealingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealingTest {

    private static final ApplicationName FRONTEND = new ApplicationName("default", "frontend");
    private static final SealingKeys KEYS = SealingKeys.generate();
    private static final Sealer SEALER = Sealer.with(KEYS.view());

    @Test
    void whatIsSealedIsOpenedAgain() {
        var values = Map.of("tls.crt", "certificate".getBytes(UTF_8), "tls.key", new byte[] {0, -1, 1});

        var secret = SEALER.seal(FRONTEND, tls(), values);

        var opened = KEYS.unsealer().open(FRONTEND, "tls-certs", secret.sealed());
        assertThat(opened.keySet()).containsExactly("tls.crt", "tls.key");
        assertThat(opened).allSatisfy((key, value) -> assertThat(value).isEqualTo(values.get(key)));
    }

    @Test
    void anEmptyValueAndNoValuesAtAllAreFine() {
        var secret = SEALER.seal(FRONTEND, tls(), Map.of("empty", new byte[0]));
        assertThat(KEYS.unsealer().open(FRONTEND, "tls-certs", secret.sealed()).get("empty"))
                .isEmpty();
        assertThat(SEALER.seal(FRONTEND, tls(), Map.of()).sealed()).isEmpty();
    }

    @Test
    void aManifestLosesItsValuesAndKeepsTheRest() {
        var manifest = (Json.Obj) JsonValues.parse("""
                {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": {"name": "login"},
                 "data": {"user": "YW5h", "password": "b2xk"}, "stringData": {"password": "s3cret"}}""");
        assertThat(Sealer.isPlainSecret(manifest)).isTrue();

        var secret = SEALER.seal(FRONTEND, manifest);

        assertThat(Sealer.isPlainSecret(secret.json())).isFalse();
        assertThat(JsonText.of(secret.json()))
                .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"type\":\"Opaque\",\"metadata\":{")
                .doesNotContain("s3cret", "YW5h", "\"data\"", "stringData");
        var opened = KEYS.unsealer().open(FRONTEND, "login", secret.sealed());
        assertThat(opened.get("user")).asString(UTF_8).isEqualTo("ana");
        assertThat(opened.get("password")).asString(UTF_8).isEqualTo("s3cret");
    }

    @Test
    void aSealedValueCannotBeMoved() {
        var sealed = SEALER.seal(FRONTEND, tls(), Map.of("tls.key", "private".getBytes(UTF_8)))
                .sealed();
        var unsealer = KEYS.unsealer();
        var moved = new TreeMap<>(Map.of("other.key", sealed.get("tls.key")));

        assertThatThrownBy(() -> unsealer.open(new ApplicationName("default", "hello"), "tls-certs", sealed))
                .isInstanceOf(SealingFailure.class)
                .hasMessageStartingWith("Secret \"tls-certs\" of default/hello, key \"tls.key\" can't be opened");
        assertThatThrownBy(() -> unsealer.open(FRONTEND, "login", sealed)).isInstanceOf(SealingFailure.class);
        assertThatThrownBy(() -> unsealer.open(FRONTEND, "tls-certs", moved)).isInstanceOf(SealingFailure.class);
        assertThatThrownBy(() -> SealingKeys.generate().unsealer().open(FRONTEND, "tls-certs", sealed))
                .isInstanceOf(SealingFailure.class);
    }

    @Test
    void aFailureTellsNoValue() {
        assertThatThrownBy(() -> KEYS.unsealer().open(FRONTEND, "login", Map.of("password", "p#ssw*rd")))
                .isInstanceOf(SealingFailure.class)
                .hasNoCause()
                .hasMessage("Secret \"login\" of default/frontend, key \"password\" is not sealed: no base64;"
                        + " shiplog apply seals");
        var manifest = (Json.Obj)
                JsonValues.parse(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"login\"}, \"data\": {\"password\": \"a\"}}");
        assertThatThrownBy(() -> SEALER.seal(FRONTEND, manifest))
                .hasNoCause()
                .hasMessage("Secret \"login\" of default/frontend, key \"password\" is no base64; put plain text under"
                        + " stringData");
        assertThatThrownBy(() -> Sealer.with(new SealingKey("{}", "")))
                .hasMessage("the server's sealing key is not understood; is the server of another version?");
    }

    @Test
    void afterARotationBothOldAndNewAreOpened(@TempDir Path folder) {
        var file = folder.resolve("keys/sealing.json");
        var old = SealingKeys.at(file);
        var before = Sealer.with(old.view()).seal(FRONTEND, tls(), Map.of("tls.key", "private".getBytes(UTF_8)));

        old.rotate().write(file);
        var keys = SealingKeys.at(file);
        var after = Sealer.with(keys.view()).seal(FRONTEND, tls(), Map.of("tls.key", "private".getBytes(UTF_8)));

        assertThat(keys.size()).isEqualTo(2);
        for (var secret : List.of(before, after)) {
            assertThat(keys.unsealer()
                            .open(FRONTEND, "tls-certs", secret.sealed())
                            .get("tls.key"))
                    .asString(UTF_8)
                    .isEqualTo("private");
        }
        assertThatThrownBy(() -> old.unsealer().open(FRONTEND, "tls-certs", after.sealed()))
                .isInstanceOf(SealingFailure.class);
        assertThat(fingerprint(after)).isEqualTo(fingerprint(before));
    }

    @Test
    void theFileIsForItsOwnerAndStaysTheSame(@TempDir Path folder) throws Exception {
        var file = folder.resolve("sealing.json");
        var made = SealingKeys.at(file).view();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SealingKeys.at(file).view()).isEqualTo(made);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aBrokenFileIsNeverReplaced(@TempDir Path folder) throws Exception {
        var file = folder.resolve("sealing.json");
        Files.writeString(file, "{\"hybrid\": {\"key\": \"abc\"}, \"fingerprintKey\": \"secret\"}");
        assertThatThrownBy(() -> SealingKeys.at(file))
                .isInstanceOf(SealingFailure.class)
                .hasNoCause()
                .hasMessageContaining("restore it from a backup");
        assertThat(file).content().contains("secret");
    }

    @Test
    void theViewHoldsNoPrivateKey() {
        assertThat(KEYS.view().publicKeyset()).contains("HpkePublicKey").doesNotContain("HpkePrivateKey");
    }

    @Test
    void unchangedValuesHaveTheNameTheyHadAlthoughSealedAnew() {
        var once = SEALER.seal(FRONTEND, tls(), Map.of("a", "1".getBytes(UTF_8), "b", "2".getBytes(UTF_8)));
        var again = SEALER.seal(FRONTEND, tls(), Map.of("b", "2".getBytes(UTF_8), "a", "1".getBytes(UTF_8)));
        var shifted = SEALER.seal(FRONTEND, tls(), Map.of("a", "1b".getBytes(UTF_8), "2", "".getBytes(UTF_8)));
        var elsewhere = SEALER.seal(
                new ApplicationName("default", "hello"),
                tls(),
                Map.of("a", "1".getBytes(UTF_8), "b", "2".getBytes(UTF_8)));

        assertThat(again.sealed()).isNotEqualTo(once.sealed());
        assertThat(nameWritten(again)).isEqualTo(nameWritten(once));
        assertThat(nameWritten(shifted)).isNotEqualTo(nameWritten(once));
        assertThat(fingerprint(elsewhere)).isNotEqualTo(fingerprint(once));
    }

    private static String nameWritten(KubernetesObject secret) {
        var spec = new ReleaseSpec(
                List.of(secret), ClusterSelection.ALL, Strategy.AS_WRITTEN, List.of(), false, Optional.empty());
        var release = new Release(1, spec, List.of("gke-seoul"), "first", new Release.Origin.Applied());
        var cluster = new Cluster("gke-seoul", Map.of());
        return Rendering.render(FRONTEND, release, cluster, Optional.empty(), false, 1)
                .getFirst()
                .name();
    }

    private static String fingerprint(KubernetesObject secret) {
        return secret.json()
                .object("metadata")
                .object("annotations")
                .text(Sealer.FINGERPRINT)
                .orElseThrow();
    }

    private static Json.Obj tls() {
        return (Json.Obj) JsonValues.parse(
                "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"tls-certs\"}}");
    }
}
