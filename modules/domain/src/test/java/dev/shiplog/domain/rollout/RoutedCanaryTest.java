package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.list;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A canary whose requests an HTTPRoute divides, layout by layout. */
class RoutedCanaryTest {

    private static final ObjectKey ROUTE =
            new ObjectKey("gateway.networking.k8s.io/v1", "HTTPRoute", "default", "public");
    private static final Strategy CANARY = routed(weight(25), pause());

    /** New pods get requests when they are there, and pods go when they don't get them any more. */
    @Test
    void podsComeBeforeTheirRequestsAndGoAfterThem() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .then(
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good) 0%",
                        "plain:good*3 canary:new*1 >plain (good) 25%")
                .stands(Rollout.Stage.Holding.class)
                .leaves(
                        "Deployment/hello",
                        "Deployment/hello-canary",
                        "HTTPRoute/public",
                        "Service/hello",
                        "Service/hello-canary",
                        "Service/hello-stable");
    }

    @Test
    void weightsAreExactWhateverTheNumberOfPods() {
        plain(3).assign(2, 2, spec(2, 3, routed(weight(1), pause())))
                .then(
                        "plain:good*3 >plain (good)",
                        "plain:good*3 canary:new*1 >plain (good) 0%",
                        "plain:good*3 canary:new*1 >plain (good) 1%");
    }

    @Test
    void eachStepGoesOnFromTheOneBefore() {
        plain(4).assign(2, 2, spec(2, 4, routed(weight(25), weight(50), weight(25), pause())))
                .then(
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good) 0%",
                        "plain:good*3 canary:new*1 >plain (good) 25%",
                        "plain:good*3 canary:new*2 >plain (good) 25%",
                        "plain:good*2 canary:new*2 >plain (good) 50%",
                        "plain:good*3 canary:new*2 >plain (good) 50%",
                        "plain:good*3 canary:new*1 >plain (good) 25%");
    }

    @Test
    void aScaleOfTheCanaryLeavesTheWeight() {
        plain(4).assign(2, 2, spec(2, 4, routed(weight(10), new CanaryStep.SetCanaryScale(3), pause())))
                .then(
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good) 0%",
                        "plain:good*4 canary:new*1 >plain (good) 10%",
                        "plain:good*4 canary:new*3 >plain (good) 10%");
    }

    @Test
    void aSideWithoutPodsGetsNoRequests() {
        plain(2).assign(2, 2, spec(2, 2, routed(weight(100), pause())))
                .then(
                        "plain:good*2 >plain (good)",
                        "plain:good*2 canary:new*1 >plain (good) 0%",
                        "plain:good*1 canary:new*1 >plain (good) 50%",
                        "plain:good*1 canary:new*2 >plain (good) 50%",
                        "plain:good*0 canary:new*2 >plain (good) 100%");
    }

    /** The route is whole again as soon as all pods are of the new release, and before the canary's go. */
    @Test
    void isPromotedIntoStableAndTheRouteIsAsItWas() {
        var done = plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.promoted(2)))
                .then(
                        "plain:good*3 canary:new*1 >plain (good) 25%",
                        "plain:new*3 canary:new*1 >plain 25%",
                        "plain:new*3 canary:new*1 >plain",
                        "plain:new*4 canary:new*1 >plain",
                        "plain:new*4 canary:new*0 >plain",
                        "plain:new*4 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
        assertThat(names(done.objects())).containsExactly("Deployment/hello", "Service/hello");
    }

    /** A release that mends what serves is not kept from doing so by what it mends. */
    @Test
    void isPromotedThoughTheStableSideHasNoEndpoints() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .brokenOnly(1)
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.promoted(2)))
                .stands(Rollout.Stage.Completed.class);
    }

    /** Whether its pods still work or not, the canary gets no more than their share. */
    @Test
    void anAbortMakesTheRouteWholeAtOnce() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.abort()))
                .then(
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*4 canary:new*0 >plain (good)",
                        "plain:good*4 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void theRouteHasWhatTheLayoutSaysAndNothingOnceItIsWantedNoLonger() {
        var held = plain(4).assign(2, 2, spec(2, 4, CANARY));
        assertThat(shares(held)).containsExactly(new RouteShare(ROUTE, Optional.of("hello"), Optional.of(25)));
        var rolling = held.story()
                .after(new RolloutCommand.Assign(assignment(3, 3, spec(3, 4, Strategy.AS_WRITTEN), Directions.NONE)));
        assertThat(rolling.state().position().layout().traffic().divided()).isFalse();
        assertThat(applied(rolling.outstanding()).routes())
                .as("whole before the first of the pods is replaced")
                .containsExactly(new RouteShare(ROUTE, Optional.empty(), Optional.empty()));
    }

    /** It divides nothing yet; better told now than when the next one comes. */
    @Test
    void theFirstReleaseNeedsTheRouteOfItsCanaries() {
        assertThat(needed(RolloutStories.rollout(), assignment(1, 1, spec(1, 4, CANARY), Directions.NONE)))
                .containsExactly(new RouteShare(ROUTE, Optional.of("hello"), Optional.empty()));
        assertThat(needed(RolloutStories.rollout(), assignment(1, 1, spec(1, 4, CANARY, route()), Directions.NONE)))
                .as("it brings it along")
                .isEmpty();
        assertThat(needed(RolloutStories.rollout(), assignment(1, 1, spec(1, 4, Strategy.AS_WRITTEN), Directions.NONE)))
                .isEmpty();
    }

    /** There is nothing to try out. */
    @Test
    void aReleaseWithTheSamePodsNeedsTheRouteToo() {
        var same = assignment(2, 2, spec(1, 4, CANARY), Directions.NONE);
        assertThat(needed(plain(4).story(), same)).hasSize(1);
    }

    @Test
    void whoIsInAHurryNeedsNoRoute() {
        var held = plain(4).assign(2, 2, spec(2, 4, CANARY));
        assertThat(needed(held.story(), assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.abort())))
                .isEmpty();
        assertThat(needed(held.story(), assignment(3, 3, spec(1, 4, CANARY), Directions.STRAIGHT)))
                .as("an undo")
                .isEmpty();
        var completed = new Run(RolloutStories.rollout()).assign(1, 1, spec(1, 4, CANARY));
        assertThat(needed(completed.story(), assignment(2, 1, spec(1, 8, CANARY), Directions.NONE)))
                .as("a scale")
                .isEmpty();
    }

    private static List<RouteShare> needed(
            Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story, Assignment assignment) {
        return applied(story.after(new RolloutCommand.Assign(assignment)).outstanding())
                .needed();
    }

    @Test
    void aNewCanaryBeginsWithTheRouteAsItsOwnerWroteIt() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(3, 3, spec(3, 4, CANARY))
                .then(
                        "plain:good*4 canary:other*1 >plain (good)",
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good) 0%",
                        "plain:good*3 canary:new*1 >plain (good) 25%")
                .stands(Rollout.Stage.Holding.class);
    }

    /** A set has another order in each process; what is asked of a cluster has not. */
    @Test
    void routesAreMadeWholeInTheOrderOfTheirNames() {
        var rollout = plain(4).story().state();
        var written = Stream.of("e", "b", "d", "a", "c")
                .map(name -> new ObjectKey(ROUTE.apiVersion(), ROUTE.kind(), ROUTE.namespace(), name))
                .collect(Collectors.toUnmodifiableSet());
        assertThat(rollout.objects(rollout.assignment().orElseThrow()).routes(rollout.layout(), written))
                .extracting(share -> share.route().name())
                .containsExactly("a", "b", "c", "d", "e");
    }

    /** The Services may not be there yet: a scale then sends no requests to them. */
    @Test
    void nothingIsSentToServicesThatAreNotKnownToHaveEndpoints() {
        var coming = plain(4).story()
                .after(new RolloutCommand.Assign(assignment(2, 2, spec(2, 4, CANARY), Directions.NONE)))
                .after(new RolloutCommand.Assign(assignment(3, 2, spec(2, 8, CANARY), Directions.NONE)));
        assertThat(CourseStories.words(coming.state().layout())).isEqualTo("plain:good*8 >plain (good)");
    }

    @Test
    void aLayoutStandsWhenEachSidesServiceShowsItsPods() {
        var written = written();
        written.when(withoutEndpoints(written, RolloutStories.healthy(1))).thenNothing();
    }

    /** Found by the simulation: it waited for ever for endpoints of pods that nobody wants. */
    @Test
    void aSideOfWhichNoPodIsWantedStandsWithoutEndpoints() {
        var written = written();
        var advanced = written.after(withoutEndpoints(written, RolloutStories.workload(1, 1, 0, 0, 0, 0)));
        assertThat(CourseStories.words(advanced.state().layout()))
                .isEqualTo("plain:good*4 canary:new*1 >plain (good) 0%");
    }

    /** The first layout of a canary, with a Service for each side. */
    private static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> written() {
        return plain(4).story()
                .after(new RolloutCommand.Assign(assignment(2, 2, spec(2, 4, CANARY), Directions.NONE)))
                .after(new RolloutCommand.ConfirmApplied(2, 0));
    }

    private static RolloutCommand withoutEndpoints(
            Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> written, Observation.Workload stable) {
        return new RolloutCommand.Observe(new Observation(
                Samples.HELLO,
                "gke-seoul",
                written.now(),
                List.of(RolloutStories.marked(stable, 2, 0)),
                List.of(
                        new Observation.Service("hello", Map.of(), Map.of("hello", 3)),
                        new Observation.Service("hello-stable", Map.of(), Map.of()),
                        new Observation.Service("hello-canary", Map.of(), Map.of())),
                Optional.empty(),
                List.of()));
    }

    @Test
    void theSidesServicesAreOfTheClusterAlone() {
        var held = plain(4).assign(2, 2, spec(2, 4, CANARY));
        var stable = named(held.objects(), "Service", "hello-stable");
        assertThat(stable.json().object("spec"))
                .isEqualTo(obj("selector", obj("app", "hello", "track", "stable"), "ports", list(obj("port", 80))));
        assertThat(named(held.objects(), "Service", "hello-canary")
                        .json()
                        .object("spec")
                        .object("selector"))
                .isEqualTo(obj("app", "hello", "track", "canary"));
        assertThat(named(held.objects(), "Service", "hello").json().object("spec"))
                .as("the user's own keeps selecting both")
                .isEqualTo(service().json().object("spec"));
    }

    /** The weight waits for the pods once more: until they are there the user's own Service has whatever there is. */
    @Test
    void whatIsGoneIsWrittenAgainBeforeItGetsRequests() {
        var held = plain(4).assign(2, 2, spec(2, 4, CANARY));
        var nothing = held.story().later(Duration.ofMinutes(1));
        var again = nothing.after(
                new RolloutCommand.Observe(Observation.nothing(Samples.HELLO, "gke-seoul", nothing.now())));
        assertThat(CourseStories.words(again.state().layout())).isEqualTo("plain:good*3 canary:new*1 >plain (good)");
        assertThat(applied(again.outstanding()).routes())
                .containsExactly(new RouteShare(ROUTE, Optional.of("hello"), Optional.empty()));
        new Run(again)
                .work()
                .then("plain:good*3 canary:new*1 >plain (good)", "plain:good*3 canary:new*1 >plain (good) 25%")
                .stands(Rollout.Stage.Holding.class);
    }

    /** Found by the simulation: it sent all requests to the stable side, of which no pod was wanted any more. */
    @Test
    void aSideWithoutPodsGetsNoRequestsAfterTheCanaryIsWrittenAgainEither() {
        var going = plain(2).interruptedAt("plain:good*0 canary:new*3 >plain (good) 100%")
                .assign(2, 2, spec(2, 4, routed(weight(100), pause())));
        writtenAgain(going)
                .then("plain:good*0 canary:new*3 >plain (good)", "plain:good*0 canary:new*4 >plain (good) 100%")
                .stands(Rollout.Stage.Holding.class);
    }

    @Test
    void requestsAreDividedAsThePodsAreOnceTheseAreWrittenAgain() {
        var going = plain(8).interruptedAt("plain:good*4 canary:new*2 >plain (good) 33%")
                .assign(2, 2, spec(2, 8, routed(weight(75), pause())));
        writtenAgain(going)
                .then(
                        "plain:good*4 canary:new*2 >plain (good)",
                        "plain:good*4 canary:new*6 >plain (good) 33%",
                        "plain:good*2 canary:new*6 >plain (good) 75%");
    }

    /** The layout has been written, and then everything is gone. */
    private static Run writtenAgain(Run going) {
        var nothing = going.story()
                .after(new RolloutCommand.ConfirmApplied(
                        2, going.story().state().position().leg()))
                .later(Duration.ofMinutes(1));
        return new Run(nothing.after(
                        new RolloutCommand.Observe(Observation.nothing(Samples.HELLO, "gke-seoul", nothing.now()))))
                .work();
    }

    /** One that is the release's own is written as everything else of it is. */
    @Test
    void aRouteOfTheReleaseCarriesTheWeights() {
        var held = plain(4, route()).assign(2, 2, spec(2, 4, CANARY, route()));
        assertThat(shares(held)).isEmpty();
        assertThat(backends(held)).isEqualTo(list(backend("hello-stable", 75), backend("hello-canary", 25)));
        var aborted = held.assign(assignment(3, 2, spec(2, 4, CANARY, route()), Directions.NONE.abort()))
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "HTTPRoute/public", "Service/hello");
        assertThat(backends(aborted)).isEqualTo(list(obj("name", "hello", "port", 80)));
    }

    /** The pods of the next one may have another label: until they serve, all requests go to the Service that selects both. */
    @Test
    void aRouteThatTheNextReleaseHasNoMoreIsWholeUntilItGoes() {
        var held = plain(4, route()).assign(2, 2, spec(2, 4, CANARY, route()));
        var rolling = held.story()
                .after(new RolloutCommand.Assign(
                        assignment(3, 3, CourseStories.spec(3, 4, Strategy.AS_WRITTEN), Directions.NONE)));
        assertThat(backends(applied(rolling.outstanding()).objects()))
                .isEqualTo(list(obj("name", "hello", "port", 80)));
        held.assign(3, 3, CourseStories.spec(3, 4, Strategy.AS_WRITTEN))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void podsWithoutTheTrackAreRefusedBeforeAnythingIsWritten() {
        var run = new Run(RolloutStories.rollout())
                .assign(1, 1, CourseStories.spec(1, 4, Strategy.AS_WRITTEN))
                .assign(2, 2, spec(2, 4, CANARY))
                .then()
                .stands(Rollout.Stage.Failed.class);
        assertThat(run.events().getLast())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.trouble().detail())
                                .isEqualTo(
                                        "the pods that run in cluster gke-seoul (revision 1) have no label track: stable, by which an"
                                                + " HTTPRoute's requests find them beside a canary; release them with it once, with strategy"
                                                + " rolling, and then this one"));
    }

    /** No request goes to the sides any more: whether they have endpoints is nothing to wait for. */
    @Test
    void anAbortOfWhatWasRefusedComesToItsEnd() {
        new Run(RolloutStories.rollout())
                .assign(1, 1, CourseStories.spec(1, 4, Strategy.AS_WRITTEN))
                .assign(2, 2, spec(2, 6, CANARY))
                .assign(assignment(3, 2, spec(2, 6, CANARY), Directions.NONE.abort()))
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void whatIsRemovedInTheMiddleLeavesTheRouteWhole() {
        var removing = plain(4).assign(2, 2, spec(2, 4, CANARY)).story().after(RolloutStories.assignRemoval(3));
        assertThat(removing.outstanding())
                .singleElement()
                .isInstanceOfSatisfying(
                        RolloutTask.Delete.class,
                        delete -> assertThat(delete.objects()).contains(ROUTE));
    }

    @Test
    void aCanaryThatIsKeptIsOneMorePodBehindTheUsersService() {
        var strategy = Canaries.kept(routed(weight(25)), Duration.ofHours(1));
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Deployment/hello-canary", "Service/hello")
                .passing(Duration.ofHours(1))
                .leaves("Deployment/hello", "Service/hello");
    }

    // ---- the release

    private static Strategy.Canary routed(CanaryStep... steps) {
        return Canaries.routed(Canaries.of(steps), "public");
    }

    private static Run plain(int replicas, KubernetesObject... more) {
        return new Run(RolloutStories.rollout()).assign(1, 1, spec(1, replicas, Strategy.AS_WRITTEN, more));
    }

    private static ReleaseSpec spec(int version, int replicas, Strategy strategy, KubernetesObject... more) {
        var objects = new java.util.ArrayList<>(List.of(
                Samples.labelled(Samples.deployment("hello", "hello:" + version + ".0.0", replicas), "track", "stable"),
                service()));
        objects.addAll(List.of(more));
        return Samples.withStrategy(Samples.spec(objects.toArray(KubernetesObject[]::new)), strategy);
    }

    /** For load balancers outside, with all that goes with it. */
    private static KubernetesObject service() {
        var service = Samples.service("hello");
        return service.withJson(service.json()
                .withObject(
                        "spec",
                        spec -> spec.with("type", Json.text("LoadBalancer"))
                                .with("ports", list(obj("port", 80, "nodePort", 30_080)))));
    }

    private static KubernetesObject route() {
        return new KubernetesObject(obj(
                "apiVersion",
                "gateway.networking.k8s.io/v1",
                "kind",
                "HTTPRoute",
                "metadata",
                obj("name", "public"),
                "spec",
                obj("rules", list(obj("backendRefs", list(obj("name", "hello", "port", 80)))))));
    }

    private static Json.Obj backend(String name, int weight) {
        return obj("name", name, "port", 80, "weight", weight);
    }

    // ---- what is written

    private static List<RouteShare> shares(Run run) {
        var rollout = run.story().state();
        return rollout.objects(rollout.assignment().orElseThrow()).routes(rollout.layout(), rollout.written());
    }

    private static RolloutTask.Apply applied(List<RolloutTask> tasks) {
        return tasks.stream()
                .filter(RolloutTask.Apply.class::isInstance)
                .map(RolloutTask.Apply.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Json backends(Run run) {
        return backends(run.objects());
    }

    private static Json backends(List<KubernetesObject> objects) {
        var rules = named(objects, "HTTPRoute", "public").json().object("spec").list("rules");
        return ((Json.Obj) rules.getFirst()).at("backendRefs").orElseThrow();
    }

    private static Set<String> names(List<KubernetesObject> objects) {
        var names = new TreeSet<String>();
        objects.forEach(object -> names.add(object.key().kind() + "/" + object.name()));
        return names;
    }

    private static KubernetesObject named(List<KubernetesObject> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.kind().equals(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
