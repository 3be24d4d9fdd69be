package dev.shiplog.localcluster.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.localcluster.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies are put together field by field, as Go's encoder does: empty texts and zero numbers are written too. */
class ProtobufTest {
    private static final byte[] META = join(
            field(1, "hello"),
            field(2, ""),
            field(3, "demo"),
            varint(7, 0),
            field(8, new byte[0]),
            entry(11, "app", "x"));
    private static final byte[] PORT =
            join(field(1, "http"), varint(3, 80), field(4, join(varint(1, 1), varint(2, 0), field(3, "web"))));
    private static final byte[] CONTAINER = join(
            field(1, "main"),
            field(2, "hello:1"),
            field(8, field(1, join(field(1, "cpu"), field(2, field(1, "200m"))))),
            field(10, join(field(1, field(2, join(field(1, "/healthz"), field(2, varint(2, 81))))), varint(3, 1))));
    private static final byte[] DEPLOYMENT = body(
            "apps/v1",
            "Deployment",
            join(
                    field(1, META),
                    field(
                            2,
                            join(
                                    varint(1, 0),
                                    field(2, entry(1, "app", "x")),
                                    field(3, join(field(1, META), field(2, field(2, CONTAINER)))),
                                    field(4, field(2, field(2, join(varint(1, 1), field(3, "25%")))))))));

    @Test
    void readsADeployment() {
        assertThat(Protobuf.object(DEPLOYMENT)).contains((tools.jackson.databind.node.ObjectNode) Json.parse("""
                {"apiVersion":"apps/v1","kind":"Deployment",
                 "metadata":{"name":"hello","namespace":"demo","labels":{"app":"x"}},
                 "spec":{"replicas":0,"selector":{"matchLabels":{"app":"x"}},
                  "template":{"metadata":{"name":"hello","namespace":"demo","labels":{"app":"x"}},
                   "spec":{"containers":[{"name":"main","image":"hello:1","resources":{"limits":{"cpu":"200m"}},
                    "livenessProbe":{"httpGet":{"path":"/healthz","port":81},"timeoutSeconds":1}}]}},
                  "strategy":{"rollingUpdate":{"maxSurge":"25%"}}}}
                """));
    }

    @Test
    void readsPortsByNameAndSecretsAsBytes() {
        assertThat(Protobuf.object(body("v1", "Service", field(2, field(1, PORT))))
                        .orElseThrow()
                        .at("/spec/ports")
                        .toString())
                .isEqualTo("[{\"name\":\"http\",\"port\":80,\"targetPort\":\"web\"}]");
        assertThat(Protobuf.object(body("v1", "Secret", entry(2, "a", "b")))
                        .orElseThrow()
                        .path("data")
                        .toString())
                .isEqualTo("{\"a\":\"Yg==\"}");
    }

    @Test
    void doesNotKnowEveryKind() {
        assertThat(Protobuf.object(body("batch/v1", "Job", field(1, META)))).isEmpty();
    }

    @Test
    void refusesWhatIsCutOffOrGarbledAndNothingElseHappens() {
        assertThatThrownBy(() -> Protobuf.object("{\"kind\":\"Pod\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        for (int length = 0; length < DEPLOYMENT.length; length++) {
            readOrRefused(Arrays.copyOf(DEPLOYMENT, length));
        }
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] garbled = DEPLOYMENT.clone();
            garbled[4 + random.nextInt(garbled.length - 4)] = (byte) random.nextInt(256);
            readOrRefused(garbled);
        }
    }

    private static void readOrRefused(byte[] body) {
        try {
            assertThat(Protobuf.object(body)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static byte[] body(String apiVersion, String kind, byte[] object) {
        byte[] type = join(field(1, apiVersion), field(2, kind));
        return join(new byte[] {'k', '8', 's', 0}, field(1, type), field(2, object), field(3, ""), field(4, ""));
    }

    private static byte[] entry(int number, String key, String value) {
        return field(number, join(field(1, key), field(2, value)));
    }

    private static byte[] field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] field(int number, byte[] content) {
        return join(number(number << 3 | 2), number(content.length), content);
    }

    private static byte[] varint(int number, long value) {
        return join(number(number << 3), number(value));
    }

    private static byte[] number(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
