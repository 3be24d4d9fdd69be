package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.AT_ONCE;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.healthy;
import static dev.shiplog.domain.rollout.RolloutStories.marked;
import static dev.shiplog.domain.rollout.RolloutStories.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation.Service;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All pods are there, and the Services don't show them: that takes a moment, but no longer than pods may take. */
class ReachedTest {

    private static final Strategy ROUTED = Canaries.routed(Canaries.of(weight(25), pause()), "public");
    private static final Map<String, String> GREEN = Map.of("app", "hello", "shiplog.dev/colour", "green");
    private static final Map<String, String> BLUE = Map.of("app", "hello", "shiplog.dev/colour", "blue");
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final String LOOK =
            "see kubectl get endpointslices -n default -l kubernetes.io/service-name=hello, then shiplog rollout ";
    private static final String AGAIN = LOOK + "retry hello -n default, or shiplog rollout abort hello -n default";

    @Test
    void aSwitchThatTheEndpointsNeverShow() {
        var switching = switching();
        var stuck = new Service("hello", GREEN, Map.of("hello-blue", 3));
        switching.when(colours(switching, stuck, Optional.empty())).thenNothing();
        switching
                .when(colours(switching, stuck, Optional.of(DEADLINE)))
                .then(failed(
                        2,
                        "Service \"hello\" in cluster gke-seoul has had 0 ready endpoints of Deployment \"hello-green\" and"
                                + " 3 of \"hello-blue\" for 600 s, though its pods are available; it selects app: hello,"
                                + " shiplog.dev/colour: green; "
                                + AGAIN));
    }

    @Test
    void aSwitchThatLeavesFormerPodsBehindTheService() {
        var switching = switching();
        var mixed = new Service("hello", GREEN, Map.of("hello-blue", 1, "hello-green", 3, "", 2));
        switching
                .when(colours(switching, mixed, Optional.of(DEADLINE)))
                .then(failed(
                        2,
                        "Service \"hello\" in cluster gke-seoul has had 3 ready endpoints of Deployment \"hello-green\" and"
                                + " 2 of no Deployment and 1 of \"hello-blue\" for 600 s, though it is to have no others;"
                                + " it selects app: hello, shiplog.dev/colour: green; "
                                + AGAIN));
    }

    @Test
    void aServiceThatSomebodyElseHasChanged() {
        var switching = switching();
        var changed = new Service("hello", Map.of("app", "nobody"), Map.of());
        switching
                .when(colours(switching, changed, Optional.of(DEADLINE)))
                .then(failed(
                        2,
                        "Service \"hello\" in cluster gke-seoul has had 0 ready endpoints of Deployment \"hello-green\" for"
                                + " 600 s, though its pods are available; it selects app: nobody, where Shiplog has"
                                + " written app: hello, shiplog.dev/colour: green; "
                                + AGAIN));
    }

    @Test
    void whatTheEndpointsShowIsDoneHoweverLongItTook() {
        var switching = switching();
        var shown = new Service("hello", GREEN, Map.of("hello-green", 3));
        var done = switching.after(colours(switching, shown, Optional.of(DEADLINE)));
        assertThat(done.state().stage()).isNotInstanceOf(Rollout.Stage.Failed.class);
    }

    /** Time stands still then. */
    @Test
    void whatSomebodyHasPausedWaits() {
        var switching = switching();
        var present = switching.state().assignment().orElseThrow();
        var paused = switching
                .after(new RolloutCommand.Assign(new Assignment(
                        present.application(),
                        present.cluster(),
                        3,
                        present.revision(),
                        present.objects(),
                        present.strategy(),
                        present.directions(),
                        true,
                        false,
                        false,
                        "")))
                .after(new RolloutCommand.ConfirmApplied(3, 0));
        var stuck = new Service("hello", GREEN, Map.of("hello-blue", 3));
        paused.when(colours(paused, stuck, Optional.of(DEADLINE))).thenNothing();
    }

    /** There is no way back from a first release. */
    @Test
    void aFirstReleaseThatNobodyReaches() {
        var run = new Run(RolloutStories.rollout()).interruptedAt(Role.BLUE).assign(1, 1, spec(1, AT_ONCE));
        var first = run.story()
                .after(new RolloutCommand.ConfirmApplied(
                        1, run.story().state().mark().leg()));
        var nobody = new Service("hello", BLUE, Map.of());
        var failed = first.after(observe(first, Optional.of(DEADLINE), List.of(nobody), "hello-blue"));
        assertThat(detail(failed)).endsWith(LOOK + "retry hello -n default");
    }

    @Test
    void aSideOfARouteWithoutEndpoints() {
        var written = new Run(RolloutStories.rollout())
                .assign(1, 1, spec(1, Strategy.AS_WRITTEN))
                .story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, ROUTED))))
                .after(new RolloutCommand.ConfirmApplied(2, 0));
        var services = List.of(
                new Service("hello", Map.of("app", "hello"), Map.of("hello", 3)),
                new Service("hello-stable", Map.of("app", "hello", "track", "stable"), Map.of()),
                new Service("hello-canary", Map.of("app", "hello", "track", "canary"), Map.of()));
        written.when(observe(written, Optional.of(DEADLINE), services, "hello"))
                .then(
                        failed(
                                2,
                                "Service \"hello-stable\" in cluster gke-seoul has had 0 ready endpoints of Deployment \"hello\" for"
                                        + " 600 s, though its pods are available; it selects app: hello, track: stable; see"
                                        + " kubectl get endpointslices -n default -l kubernetes.io/service-name=hello-stable, then"
                                        + " shiplog rollout retry hello -n default, or shiplog rollout abort hello -n default"));
    }

    @Test
    void aServiceWithoutASelector() {
        var switching = switching();
        var bare = new Service("hello", Map.of(), Map.of());
        var failed = switching.after(colours(switching, bare, Optional.of(DEADLINE)));
        assertThat(detail(failed))
                .contains("it selects nothing, where Shiplog has written app: hello, shiplog.dev/colour: green;");
    }

    /** Another try is another abort: there is no other way to go. */
    @Test
    void aWayBackThatTheEndpointsNeverShow() {
        var switching = switching();
        var back = switching.after(
                new RolloutCommand.Assign(RolloutStories.assignment(3, 2, spec(2, AT_ONCE), Directions.NONE.abort())));
        var leading = new Run(back).interruptedAt(Role.BLUE).work().story();
        var written = leading.after(
                new RolloutCommand.ConfirmApplied(3, leading.state().mark().leg()));
        var stuck = new Service("hello", BLUE, Map.of("hello-green", 3));
        var failed = written.after(colours(written, stuck, Optional.of(DEADLINE)));
        assertThat(detail(failed)).endsWith(LOOK + "abort hello -n default once more");
    }

    private static String detail(Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> failed) {
        return failed.state().stage() instanceof Rollout.Stage.Failed stage
                ? stage.trouble().detail()
                : "";
    }

    /** Green is there, and the Service was written to lead to it. */
    private static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> switching() {
        return new Run(RolloutStories.rollout())
                .assign(1, 1, spec(1, AT_ONCE))
                .interruptedAt(Role.GREEN)
                .assign(2, 2, spec(2, AT_ONCE))
                .story()
                .after(new RolloutCommand.ConfirmApplied(2, 1));
    }

    private static ReleaseSpec spec(int version, Strategy strategy) {
        var pods = Samples.labelled(Samples.deployment("hello", "hello:" + version + ".0.0", 3), "track", "stable");
        return Samples.withStrategy(Samples.spec(pods, Samples.service("hello")), strategy);
    }

    private static RolloutEvent failed(int revision, String detail) {
        return new Failed(revision, revision, new Trouble(Trouble.Kind.DEADLINE_EXCEEDED, detail));
    }

    private static RolloutCommand colours(
            Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story,
            Service service,
            Optional<Duration> still) {
        return observe(story, still, List.of(service), "hello-blue", "hello-green");
    }

    private static RolloutCommand observe(
            Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story,
            Optional<Duration> still,
            List<Service> services,
            String... deployments) {
        var mark = story.state().mark();
        var workloads = java.util.Arrays.stream(deployments)
                .map(name -> marked(named(name, healthy(1)), mark.generation(), mark.leg()))
                .toList();
        return new RolloutCommand.Observe(new Observation(
                Samples.HELLO, "gke-seoul", story.now(), workloads, services, Optional.empty(), List.of(), still));
    }
}
