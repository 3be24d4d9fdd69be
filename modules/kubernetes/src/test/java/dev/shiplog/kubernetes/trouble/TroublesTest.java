package dev.shiplog.kubernetes.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.kubernetes.Recording;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real API server answered, file and request by number, and what it means. */
class TroublesTest {

    private static final ObjectKey HELLO = new ObjectKey("apps/v1", "Deployment", "demo", "hello");

    @ParameterizedTest
    @CsvSource({
        "13-errors-access,   4, NotFound,  INVALID",
        "13-errors-access,   8, NotFound,  NAMESPACE_MISSING",
        "13-errors-access,  12, NotFound,  INVALID",
        "13-errors-access,  14, '',        INVALID",
        "13-errors-access,  19, Forbidden, FORBIDDEN",
        "13-errors-access,  30, Forbidden, FORBIDDEN",
        "13-errors-access,  31, Forbidden, FORBIDDEN",
        "13-errors-access,  34, Unauthorized, UNAUTHORIZED",
        "13-errors-access,  40, Forbidden, QUOTA_EXCEEDED",
        "13-errors-access,  41, Forbidden, QUOTA_EXCEEDED",
        "12-quota,          12, Forbidden, QUOTA_EXCEEDED",
        "22-namespace,      11, Forbidden, NAMESPACE_MISSING",
        "13-errors-busy,     4, '',        THROTTLED",
        "13-errors-busy,     2, Timeout,   UNREACHABLE",
        "13-errors-conflict, 2, Conflict,  CONFLICT",
        "13-errors-conflict, 28, BadRequest, INVALID",
        "13-errors-invalid,  9, Invalid,   INVALID",
        "13-errors-invalid,  7, BadRequest, INVALID",
        "13-errors-invalid, 21, '',        INVALID",
        "13-errors-invalid, 25, '',        INVALID",
        "13-errors-invalid, 56, '',        INVALID",
        "13-errors-invalid, 60, '',        INVALID",
        "13-errors-http,     1, UnsupportedMediaType, INVALID",
        "13-errors-http,     7, MethodNotAllowed, INVALID",
        "17-config,          9, Invalid,   INVALID",
        "17-config,         17, '',        INVALID"
    })
    void ofWrites(String file, int request, String reason, Kind kind) {
        var refusal = recorded(file, request);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(Troubles.ofWrite("eu-1", HELLO, refusal).kind()).isEqualTo(kind);
    }

    @Test
    void aConflictNamesTheManagersAndTheirFields() {
        assertThat(Troubles.ofWrite("eu-1", HELLO, recorded("13-errors-conflict", 13)))
                .isEqualTo(
                        new Trouble(
                                Kind.CONFLICT,
                                "deployment \"hello\": .spec.replicas belongs to \"editor\" using apps/v1; "
                                        + ".spec.template.spec.containers[name=\"hello\"].image belongs to \"recorder\" using apps/v1"));
    }

    @Test
    void aStaleVersionIsNoConflictOfManagers() {
        assertThat(recorded("13-errors-conflict", 18).isStale()).isTrue();
        assertThat(recorded("13-errors-conflict", 19).isStale()).isTrue();
        assertThat(recorded("13-errors-conflict", 26).isStale()).isTrue();
        assertThat(recorded("13-errors-conflict", 2).isStale()).isFalse();
    }

    @Test
    void anInvalidObjectListsEachCauseWithItsField() {
        assertThat(Troubles.ofWrite("eu-1", HELLO, recorded("13-errors-invalid", 9))
                        .detail())
                .isEqualTo(
                        "deployment \"hello\": spec.replicas: Invalid value: -1: must be greater than or equal to 0");
        assertThat(Troubles.ofWrite("eu-1", HELLO, recorded("13-errors-invalid", 60))
                        .detail())
                .isEqualTo(
                        "deployment \"hello\": failed to create typed patch object (/inv; apps/v1, Kind=Deployment): "
                                + ".spec.replica: field not declared in schema");
    }

    @Test
    void aMissingNamespaceSaysWhatToDo() {
        assertThat(Troubles.ofWrite("eu-1", HELLO, recorded("13-errors-access", 8))
                        .detail())
                .isEqualTo("namespace \"nosuch-ns\" not found in cluster eu-1; create it "
                        + "(kubectl create namespace nosuch-ns) or leave the cluster out of the release");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | etcdserver: request timed out | UNREACHABLE",
                "500 | rpc error: code = Unavailable desc = transport is closing | UNREACHABLE",
                "403 | admission webhook \"images.example.com\" denied the request: no tag | INVALID",
                "403 | pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\": privileged | INVALID"
            })
    void whatLooksAlikeButIsSomebodyElsesFault(int code, String message, Kind kind) {
        var body = "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":" + JsonText.of(Json.text(message))
                + ",\"code\":" + code + "}";
        var refusal = Refusal.of(code, body.getBytes(StandardCharsets.UTF_8));
        assertThat(Troubles.ofWrite("eu-1", HELLO, refusal).kind()).isEqualTo(kind);
    }

    @Test
    void aProxysPageIsShownShortened() {
        var page = "<html>" + "x".repeat(10_000);
        var trouble = Troubles.ofWrite("eu-1", HELLO, Refusal.of(502, page.getBytes(StandardCharsets.UTF_8)));
        assertThat(trouble.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(trouble.detail())
                .startsWith("cluster eu-1 answers 502: <html>")
                .hasSizeLessThan(500);
    }

    @Test
    void noAnswerIsUnreachableWithTheRootCause() {
        assertThat(Troubles.ofFailure(
                        "eu-1",
                        new ExecutionException(new java.net.ConnectException("Connection refused: 10.0.0.1:6443"))))
                .isEqualTo(new Trouble(
                        Kind.UNREACHABLE, "cluster eu-1 cannot be reached: Connection refused: 10.0.0.1:6443"));
        assertThat(Troubles.ofFailure("eu-1", new TimeoutException()).detail())
                .isEqualTo("cluster eu-1 cannot be reached: no answer in time");
    }

    private static Refusal recorded(String file, int id) {
        return Recording.lines("errors").stream()
                .filter(line -> line.text("file").equals(java.util.Optional.of(file))
                        && line.number("id").equals(java.util.Optional.of(id)))
                .map(line -> Refusal.of(
                        line.number("status").orElseThrow(),
                        line.text("bodyText")
                                .orElseGet(() -> JsonText.of(line.object("body")))
                                .getBytes(StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }
}
