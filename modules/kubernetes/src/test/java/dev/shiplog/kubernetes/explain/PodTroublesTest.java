package dev.shiplog.kubernetes.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.Recording;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodTroublesTest {

    @Test
    void anImageThatCannotBePulled() {
        assertThat(all("06-bad-image-first"))
                .contains(
                        new Trouble(
                                Kind.IMAGE_PULL,
                                "image \"kelseyhightower/hello:broken\" of container \"hello\": ErrImagePull "
                                        + "(failed to pull and unpack image: not found)"),
                        new Trouble(
                                Kind.IMAGE_PULL,
                                "image \"kelseyhightower/hello:broken\" of container \"hello\": ImagePullBackOff "
                                        + "(Back-off pulling image \"kelseyhightower/hello:broken\")"));
    }

    @Test
    void aContainerThatCrashes() {
        assertThat(all("07-crash-loop"))
                .contains(
                        new Trouble(Kind.CRASH_LOOP, "container \"hello\": CrashLoopBackOff, exit code 1, 1 restart"),
                        new Trouble(Kind.CRASH_LOOP, "container \"hello\": CrashLoopBackOff, exit code 1, 2 restarts"));
    }

    @Test
    void aPodThatNoNodeTakes() {
        assertThat(of("""
                {"metadata":{"name":"p"},"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False",
                 "reason":"Unschedulable","message":"0/3 nodes are available: 3 Insufficient cpu."}]}}"""))
                .containsExactly(new Trouble(Kind.UNSCHEDULABLE, "0/3 nodes are available: 3 Insufficient cpu."));
    }

    @Test
    void aContainerKilledForItsMemory() {
        assertThat(of("""
                {"metadata":{"name":"p"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],
                 "containerStatuses":[{"name":"hello","restartCount":4,"state":{"running":{}},
                  "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}}"""))
                .containsExactly(new Trouble(
                        Kind.CRASH_LOOP, "container \"hello\": crashed, exit code 137 (OOMKilled), 4 restarts"));
    }

    @Test
    void aPodThatIsReadyOrOnItsWayOutIsNoTrouble() {
        assertThat(of("""
                {"metadata":{"name":"p"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}""")).isEmpty();
        assertThat(of("""
                {"metadata":{"name":"p","deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Pending"}}""")).isEmpty();
    }

    @Test
    void theWorstComesFirstAndOnce() {
        var slow = new Trouble(Kind.NOT_READY, "a pod runs but is not ready");
        var image = new Trouble(Kind.IMAGE_PULL, "image");
        assertThat(PodTroubles.ranked(List.of(slow, image, slow))).containsExactly(image, slow);
    }

    @Test
    void aSelectorIsWrittenAsAQueryTakesIt() {
        assertThat(Explainer.selector(json("""
                {"matchLabels":{"app":"hello"},"matchExpressions":[{"key":"track","operator":"In","values":["a","b"]},
                 {"key":"old","operator":"DoesNotExist"},{"key":"new","operator":"Exists"}]}"""))).isEqualTo("app=hello,track in (a,b),!old,new");
    }

    private static List<Trouble> all(String recording) {
        return Recording.pods(recording).stream()
                .flatMap(pod -> PodTroubles.of(List.of(pod)).stream())
                .map(PodTroubles.Unready::trouble)
                .toList();
    }

    private static List<Trouble> of(String pod) {
        return PodTroubles.of(List.of(json(pod))).stream()
                .map(PodTroubles.Unready::trouble)
                .toList();
    }

    private static Json.Obj json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
