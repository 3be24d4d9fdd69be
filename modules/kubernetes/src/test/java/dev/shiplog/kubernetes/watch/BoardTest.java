package dev.shiplog.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.kubernetes.Recording;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ApplicationName HELLO = new ApplicationName("default", "hello");
    private static final List<Json.Obj> UPDATE = Recording.deployments("03-rolling-update-3");
    private static final List<Json.Obj> BAD = Recording.deployments("06-bad-image");
    private static final Trouble IMAGE = new Trouble(Kind.IMAGE_PULL, "image \"x\"");

    private final Board board = new Board("eu-1");
    private Instant now = START;

    @Test
    void aChangeIsToldAtOnceAndThoseThatFollowTogether() {
        shown(UPDATE.get(0));
        assertThat(told()).hasSize(1);
        shown(UPDATE.get(1));
        shown(UPDATE.get(2));
        assertThat(told()).isEmpty();
        assertThat(board.next(now)).contains(START.plus(ShownApplication.GAP));
        later(ShownApplication.GAP);
        assertThat(told())
                .singleElement()
                .satisfies(seen -> assertThat(((Sighting.Seen) seen)
                                .observation()
                                .workloads()
                                .getFirst()
                                .observedGeneration())
                        .isEqualTo(1));
    }

    @Test
    void theSameAgainIsNotTold() {
        shown(UPDATE.get(0));
        told();
        shown(UPDATE.get(0));
        later(Duration.ofSeconds(1));
        assertThat(told()).isEmpty();
        board.look(HELLO);
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatIsGoneVanishesOnce() {
        shown(UPDATE.get(0));
        told();
        board.changed(id(UPDATE.get(0)), Optional.empty(), 0, now);
        later(ShownApplication.GAP);
        assertThat(told()).containsExactly(new Sighting.Vanished(HELLO));
        later(Duration.ofSeconds(1));
        assertThat(told()).isEmpty();
        assertThat(board.next(now)).isEmpty();
    }

    @Test
    void aListSaysAlsoWhatIsNoLongerThere() {
        shown(UPDATE.get(0));
        told();
        board.listed(WatchedKind.SERVICE, Optional.empty(), new Listing(Map.of(), now, 0), now);
        board.listed(WatchedKind.DEPLOYMENT, Optional.of("elsewhere"), new Listing(Map.of(), now, 0), now);
        later(ShownApplication.GAP);
        assertThat(told()).isEmpty();
        board.listed(WatchedKind.DEPLOYMENT, Optional.empty(), new Listing(Map.of(), now, 0), now);
        assertThat(told()).containsExactly(new Sighting.Vanished(HELLO));
    }

    @Test
    void aLateWatchDoesNotTakeBackWhatWeHaveWritten() {
        board.written(id(UPDATE.get(7)), shape(UPDATE.get(7)), 20, now);
        assertThat(told()).hasSize(1);
        later(ShownApplication.GAP);
        board.changed(id(UPDATE.get(6)), Optional.of(shape(UPDATE.get(6))), 19, now);
        board.changed(id(UPDATE.get(6)), Optional.empty(), 19, now);
        assertThat(told()).isEmpty();
        // Asked before we wrote, answered after.
        board.listed(WatchedKind.DEPLOYMENT, Optional.empty(), new Listing(Map.of(), START, 0), now);
        assertThat(told()).isEmpty();
        board.changed(id(UPDATE.get(9)), Optional.of(shape(UPDATE.get(9))), 21, now);
        assertThat(told()).hasSize(1);
    }

    /** Else a Deployment whose pods need not change would be shown for ever as its controller has not seen it yet. */
    @Test
    void anAnswerToOurWriteThatTheWatchHasOvertakenIsNoNews() {
        board.changed(id(UPDATE.get(9)), Optional.of(shape(UPDATE.get(9))), 21, now);
        assertThat(told()).hasSize(1);
        later(ShownApplication.GAP);
        board.written(id(UPDATE.get(7)), shape(UPDATE.get(7)), 20, now);
        assertThat(told()).isEmpty();
        var listing = new Listing(Map.of(id(UPDATE.get(9)), shape(UPDATE.get(9))), now, 25);
        board.listed(WatchedKind.DEPLOYMENT, Optional.empty(), listing, now);
        told();
        later(ShownApplication.GAP);
        board.written(id(UPDATE.get(7)), shape(UPDATE.get(7)), 24, now);
        assertThat(told()).isEmpty();
        board.written(id(UPDATE.get(7)), shape(UPDATE.get(7)), 26, now);
        assertThat(told()).hasSize(1);
    }

    @Test
    void aClusterThatHasLostItsMemoryIsBelieved() {
        board.written(id(UPDATE.get(7)), shape(UPDATE.get(7)), 2000, now);
        told();
        later(Duration.ofSeconds(1));
        board.listed(WatchedKind.DEPLOYMENT, Optional.empty(), new Listing(Map.of(), now, 0), now);
        assertThat(told()).containsExactly(new Sighting.Vanished(HELLO));
        later(Duration.ofSeconds(1));
        board.changed(id(UPDATE.get(9)), Optional.of(shape(UPDATE.get(9))), 3, now);
        assertThat(told()).hasSize(1);
    }

    @Test
    void amongManyApplicationsOnlyTheOneThatHasChangedIsTold() {
        shown(UPDATE.get(0));
        for (int i = 0; i < 10_000; i++) {
            board.look(new ApplicationName("default", "app-" + i));
        }
        assertThat(told()).hasSize(10_001);
        later(ShownApplication.GAP);
        assertThat(board.next(now)).contains(START.plus(ShownApplication.STILL));
        shown(UPDATE.get(2));
        assertThat(board.next(now)).contains(now);
        assertThat(told()).hasSize(1);
        later(ShownApplication.STILL);
        assertThat(explanations()).containsExactly(new Board.Due.Explain(HELLO, List.of("hello")));
    }

    @Test
    void podsAreLookedAtWhenNothingMovesAndAgainAfterAWhile() {
        shown(UPDATE.get(3));
        assertThat(explanations()).isEmpty();
        assertThat(board.next(now)).contains(START.plus(ShownApplication.STILL));
        later(ShownApplication.STILL);
        assertThat(explanations()).containsExactly(new Board.Due.Explain(HELLO, List.of("hello")));
        // While it is being looked into, nobody else does.
        later(ShownApplication.AGAIN);
        assertThat(explanations()).isEmpty();
        board.explained(HELLO, List.of(IMAGE), now);
        assertThat(((Sighting.Seen) told().getFirst()).observation().troubles()).containsExactly(IMAGE);
        later(ShownApplication.AGAIN);
        assertThat(explanations()).hasSize(1);
        // A step forward takes the explanation back.
        shown(UPDATE.get(5));
        assertThat(((Sighting.Seen) told().getFirst()).observation().troubles()).isEmpty();
    }

    /** A pod that was only just made shows nothing yet; seconds later it says that its image can't be pulled. */
    @Test
    void whatCouldNotBeExplainedAtFirstIsLookedAtAgainSoon() {
        shown(UPDATE.get(3));
        later(ShownApplication.STILL);
        assertThat(explanations()).hasSize(1);
        board.explained(HELLO, List.of(), now);
        later(ShownApplication.STILL);
        assertThat(explanations()).hasSize(1);
        board.explained(HELLO, List.of(IMAGE), now);
        assertThat(((Sighting.Seen) told().getFirst()).observation().troubles()).containsExactly(IMAGE);
        later(ShownApplication.STILL);
        assertThat(explanations()).as("it has lasted longer now").isEmpty();
        later(ShownApplication.STILL);
        assertThat(explanations()).hasSize(1);
    }

    @Test
    void anExceededDeadlineIsHeldBackUntilItsCauseIsKnown() {
        shown(BAD.get(9));
        told();
        later(Duration.ofSeconds(1));
        shown(BAD.get(10));
        var due = board.due(now);
        assertThat(due).containsExactly(new Board.Due.Explain(HELLO, List.of("hello")));
        later(Duration.ofSeconds(1));
        board.explained(HELLO, List.of(IMAGE), now);
        assertThat(told()).singleElement().satisfies(seen -> {
            Observation observation = ((Sighting.Seen) seen).observation();
            assertThat(observation.troubles()).containsExactly(IMAGE);
            assertThat(observation.workloads().getFirst().deadlineExceeded()).isPresent();
        });
    }

    @Test
    void anExceededDeadlineIsToldInTheEndThoughNobodyKnowsWhy() {
        shown(BAD.get(9));
        told();
        later(Duration.ofSeconds(1));
        shown(BAD.get(10));
        assertThat(told()).isEmpty();
        later(ShownApplication.HELD_BACK);
        assertThat(told()).hasSize(1);
    }

    /** Kubernetes sets no deadline on a change of scale: without ours it would be waited for, for ever. */
    @Test
    void whatDoesNotMoveHasADeadlineThoughKubernetesSetsNone() {
        var stuck = UPDATE.stream()
                .filter(deployment ->
                        deployment.object("status").number("updatedReplicas").equals(Optional.of(1)))
                .findFirst()
                .orElseThrow();
        shown(stuck);
        assertThat(exceeded()).isEmpty();
        later(Duration.ofMinutes(10));
        assertThat(board.due(now)).containsExactly(new Board.Due.Explain(HELLO, List.of("hello")));
        board.explained(HELLO, List.of(), now);
        later(ShownApplication.AFTER_KUBERNETES);
        assertThat(board.next(now)).hasValueSatisfying(next -> assertThat(next).isBeforeOrEqualTo(now));
        assertThat(exceeded()).contains("has not moved for 600 s");
    }

    private Optional<String> exceeded() {
        return ((Sighting.Seen) told().getFirst())
                .observation()
                .workloads()
                .getFirst()
                .deadlineExceeded();
    }

    // ---- where requests go

    @Test
    void readyEndpointsAreToldPerServiceByTheirDeployment() {
        served("hello", "hello", "hello-canary");
        slice("hello-1", "hello", ready("hello-5d8f7c9b4-aaaaa", true), ready("hello-5d8f7c9b4-bbbbb", true));
        slice("hello-2", "hello", ready("hello-canary-6c7d8f9b5-ccccc", true));
        slice("hello-3", "preview", ready("hello-canary-6c7d8f9b5-ccccc", true));
        assertThat(services())
                .containsExactly(new Observation.Service(
                        "hello", Map.of("app", "hello"), Map.of("hello", 2, "hello-canary", 1)));
    }

    /** Kubernetes sets endpoints no deadline: who waits for them is told when they have had as long as pods have. */
    @Test
    void whoWaitsIsToldOnceThatNothingChangesAnyMore() {
        served("hello");
        shown(UPDATE.getLast());
        board.look(HELLO);
        assertThat(still()).isEmpty();
        later(Duration.ofMinutes(9));
        slice("hello-1", "hello", ready("hello-5d8f7c9b4-aaaaa", false));
        assertThat(still()).isEmpty();
        later(Duration.ofMinutes(9));
        assertThat(told()).isEmpty();
        later(Duration.ofMinutes(1));
        assertThat(board.next(now)).contains(now);
        assertThat(still()).contains(Duration.ofMinutes(10));
        later(Duration.ofMinutes(10));
        assertThat(told()).isEmpty();
        board.look(HELLO);
        assertThat(still()).as("asked again").contains(Duration.ofMinutes(10));
    }

    @Test
    void nobodyIsToldWhoWaitsForNothing() {
        served("hello");
        shown(UPDATE.getLast());
        told();
        later(Duration.ofMinutes(10));
        assertThat(told()).isEmpty();
    }

    private Optional<Duration> still() {
        return ((Sighting.Seen) told().getFirst()).observation().still();
    }

    @Test
    void endpointsThatLagAreToldAgainWhenTheyFollow() {
        served("hello", "hello");
        slice("hello-1", "hello", ready("hello-5d8f7c9b4-aaaaa", false));
        assertThat(services().getFirst().ready()).isEmpty();
        later(Duration.ofSeconds(1));
        slice("hello-1", "hello", ready("hello-5d8f7c9b4-aaaaa", false));
        assertThat(told()).isEmpty();
        slice("hello-1", "hello", ready("hello-5d8f7c9b4-aaaaa", true));
        assertThat(services().getFirst().ready()).isEqualTo(Map.of("hello", 1));
    }

    /** As the API says of discovery/v1: absent means unknown, to be taken as ready. */
    @Test
    void anEndpointWithoutAConditionCountsAsReady() {
        served("hello", "hello");
        slice(
                "hello-1",
                "hello",
                "{\"targetRef\":{\"name\":\"hello-5d8f7c9b4-aaaaa\"}}",
                "{\"targetRef\":{\"name\":\"hello-5d8f7c9b4-bbbbb\"},\"conditions\":{\"ready\":null}}",
                "{\"addresses\":[\"10.0.0.7\"]}");
        assertThat(services().getFirst().ready()).isEqualTo(Map.of("hello", 2, "", 1));
    }

    @Test
    void aDeletedServiceIsToldNoLongerThoughItsSliceLingers() {
        served("hello", "hello");
        slice("hello-1", "hello", ready("hello-5d8f7c9b4-aaaaa", true));
        assertThat(services()).hasSize(1);
        board.changed(ObjectId.of(WatchedKind.SERVICE, service("hello")), Optional.empty(), 0, now);
        later(Duration.ofSeconds(1));
        assertThat(services()).isEmpty();
        shown(UPDATE.get(0));
        board.changed(id(UPDATE.get(0)), Optional.empty(), 0, now);
        slice("hello-1", "hello");
        later(Duration.ofSeconds(1));
        assertThat(told()).containsExactly(new Sighting.Vanished(HELLO));
    }

    private List<Observation.Service> services() {
        later(Duration.ofSeconds(1));
        return ((Sighting.Seen) told().getLast()).observation().services();
    }

    /** A Service and Deployments of these names. */
    private void served(String name, String... deployments) {
        board.changed(
                ObjectId.of(WatchedKind.SERVICE, service(name)), WatchedKind.SERVICE.shown(service(name)), 0, now);
        for (var deployment : deployments) {
            shown(UPDATE.get(0).withObject("metadata", metadata -> metadata.with("name", Json.text(deployment))));
        }
    }

    private static Json.Obj service(String name) {
        return json("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"default",
                 "annotations":{"shiplog.dev/application":"default/hello"}},"spec":{"selector":{"app":"hello"}}}""".formatted(name));
    }

    private static String ready(String pod, boolean ready) {
        return "{\"targetRef\":{\"name\":\"%s\"},\"conditions\":{\"ready\":%s}}".formatted(pod, ready);
    }

    /** As the endpoint controller writes it, with the labels of the Service. */
    private void slice(String name, String service, String... endpoints) {
        var slice = json("""
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"%s","namespace":"default",
                 "labels":{"app.kubernetes.io/name":"hello","kubernetes.io/service-name":"%s"}},"endpoints":[%s]}""".formatted(name, service, String.join(",", endpoints)));
        board.changed(ObjectId.of(WatchedKind.ENDPOINT_SLICE, slice), WatchedKind.ENDPOINT_SLICE.shown(slice), 0, now);
    }

    private static Json.Obj json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private void shown(Json.Obj state) {
        board.changed(id(state), Optional.of(shape(state)), 0, now);
    }

    private static ObjectId id(Json.Obj state) {
        return ObjectId.of(WatchedKind.DEPLOYMENT, state);
    }

    private static Shown shape(Json.Obj state) {
        return WatchedKind.DEPLOYMENT.shown(state).orElseThrow();
    }

    private void later(Duration duration) {
        now = now.plus(duration);
    }

    private List<Sighting> told() {
        return board.due(now).stream()
                .filter(Board.Due.Tell.class::isInstance)
                .map(due -> ((Board.Due.Tell) due).sighting())
                .toList();
    }

    private List<Board.Due> explanations() {
        return board.due(now).stream()
                .filter(Board.Due.Explain.class::isInstance)
                .toList();
    }
}
