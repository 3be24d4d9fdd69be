package dev.shiplog.domain.release;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.configMap;
import static dev.shiplog.domain.Samples.obj;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Configuration with another content has another name, so that pods get it by being replaced, and keep what they have. */
class ConfigNameTest {

    @Test
    void theSameContentHasTheSameNameInWhateverOrder() {
        assertThat(name(configMap("conf", "a", "1", "b", "2")))
                .isEqualTo(name(configMap("conf", "b", "2", "a", "1")))
                .matches("conf-[0-9a-f]{10}");
    }

    @Test
    void anotherContentHasAnotherName() {
        var conf = configMap("conf", "mode", "quiet");
        assertThat(name(conf))
                .isNotEqualTo(name(configMap("conf", "mode", "loud")))
                .isNotEqualTo(name(configMap("conf", "mod", "equiet")))
                .isNotEqualTo(name(with(conf, "binaryData", obj("logo", "AQID"))));
        assertThat(name(with(conf, "binaryData", obj("logo", "AQID"))))
                .isNotEqualTo(name(with(conf, "binaryData", obj("logo", "AQIE"))));
    }

    @Test
    void aSecretSealedAnewIsAnother() {
        assertThat(name(secret("cipher"))).isNotEqualTo(name(secret("other cipher")));
    }

    /** Kubernetes changes no Secret's type: it has to be another one. */
    @Test
    void aSecretOfAnotherTypeIsAnother() {
        var opaque = secret("cipher");
        assertThat(name(opaque)).isNotEqualTo(name(with(opaque, "type", Json.text("kubernetes.io/tls"))));
    }

    @Test
    void twoApplicationsHaveNoneInCommon() {
        var conf = configMap("conf", "mode", "quiet");
        assertThat(name(conf)).isNotEqualTo(ConfigName.of(new ApplicationName("default", "auth"), conf));
    }

    private static String name(KubernetesObject config) {
        return ConfigName.of(HELLO, config);
    }

    private static KubernetesObject with(KubernetesObject config, String member, Json value) {
        return config.withJson(config.json().with(member, value));
    }

    private static KubernetesObject secret(String cipher) {
        return new KubernetesObject(
                obj("apiVersion", "v1", "kind", "Secret", "metadata", obj("name", "tls")),
                new TreeMap<>(Map.of("key", cipher)));
    }
}
