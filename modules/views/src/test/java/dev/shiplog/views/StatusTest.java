package dev.shiplog.views;

import static dev.shiplog.views.Sightings.AWAY;
import static dev.shiplog.views.Sightings.NOON;
import static dev.shiplog.views.Sightings.NO_IMAGE;
import static dev.shiplog.views.Sightings.observation;
import static dev.shiplog.views.Sightings.pods;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Place;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.history.Placement.Carried;
import dev.shiplog.views.live.Reach;
import dev.shiplog.views.live.Sight;
import dev.shiplog.views.status.ApplicationRule;
import dev.shiplog.views.status.ClusterRule;
import dev.shiplog.views.status.Neighbours;
import dev.shiplog.views.status.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row is a sentence about one cluster: what is known of it, and what people are told. */
final class StatusTest {

    private static final Reach CONNECTING = new Reach.Connecting();
    private static final Reach REACHABLE = new Reach.Reachable("v1.34.1", NOON);
    private static final Reach LOST = new Reach.Unreachable(AWAY, NOON);
    private static final Sight UNSEEN = new Sight.Unseen();
    private static final Sight GONE = new Sight.Gone(NOON);
    private static final int GENERATION = 4;

    static Stream<Arguments> sentences() {
        var waiting = "Waiting for deployment \"hello\" rollout to finish: ";
        var done = "deployment \"hello\" successfully rolled out";
        var failed = new Target.Standing.Failed(NO_IMAGE);
        return Stream.of(
                row(
                        "just asked for",
                        owed(false),
                        REACHABLE,
                        UNSEEN,
                        Phase.Progressing,
                        "waiting for the objects to be written to the cluster"),
                row(
                        "after a start, before anything is seen",
                        owed(true),
                        CONNECTING,
                        UNSEEN,
                        Phase.Progressing,
                        "waiting for news from the cluster"),
                row(
                        "written, the cluster still shows what was before",
                        owed(true),
                        REACHABLE,
                        seen(pods(3, 3, 3, 3, 3)),
                        Phase.Progressing,
                        "waiting for the cluster to show the change"),
                row(
                        "rolling",
                        owed(true),
                        REACHABLE,
                        seen(pods(4, 3, 4, 1, 3)),
                        Phase.Progressing,
                        waiting + "1 out of 3 new replicas have been updated..."),
                row(
                        "rolling, and pods say why it takes so long",
                        owed(true),
                        REACHABLE,
                        seen(observation(4, 3, 4, 1, 3, List.of(NO_IMAGE))),
                        Phase.Progressing,
                        waiting + "1 out of 3 new replicas have been updated... (ImagePull: hello:9 not found)"),
                row(
                        "the cluster went away in the middle",
                        owed(true),
                        LOST,
                        seen(pods(4, 3, 4, 1, 3)),
                        Phase.Progressing,
                        AWAY.toString()),
                row(
                        "after a start, it is known what stood in the way",
                        hindered(forbidden()),
                        CONNECTING,
                        UNSEEN,
                        Phase.Progressing,
                        "Forbidden: may not create deployments"),
                row(
                        "it was away when asked, and is back",
                        hindered(AWAY),
                        REACHABLE,
                        UNSEEN,
                        Phase.Progressing,
                        "waiting for the objects to be written to the cluster"),
                row(
                        "it failed",
                        carried(failed),
                        REACHABLE,
                        seen(pods(4, 3, 4, 1, 3)),
                        Phase.Degraded,
                        "ImagePull: hello:9 not found"),
                row(
                        "it failed, and the pods came up later",
                        carried(failed),
                        REACHABLE,
                        seen(pods(4, 3, 3, 3, 3)),
                        Phase.Degraded,
                        "ImagePull: hello:9 not found; all pods have become available since"),
                row(
                        "paused in the middle",
                        paused(owed(true)),
                        REACHABLE,
                        seen(pods(4, 3, 4, 1, 3)),
                        Phase.Paused,
                        "paused: 1 out of 3 new replicas have been updated; shiplog rollout resume hello -n default"),
                row(
                        "paused when all was done",
                        paused(carried(new Target.Standing.Completed(Optional.empty(), false))),
                        REACHABLE,
                        seen(pods(4, 3, 3, 3, 3)),
                        Phase.Paused,
                        "paused; shiplog rollout resume hello -n default"),
                row(
                        "to be paused, but out of reach",
                        paused(hindered(AWAY)),
                        LOST,
                        seen(pods(3, 3, 4, 1, 3)),
                        Phase.Progressing,
                        "is to be paused, but may be going on: " + AWAY),
                row(
                        "being deleted",
                        removing(owed(false)),
                        REACHABLE,
                        seen(pods(4, 3, 3, 3, 3)),
                        Phase.Progressing,
                        "is being deleted"),
                row(
                        "to be deleted, but out of reach",
                        removing(owed(false)),
                        LOST,
                        UNSEEN,
                        Phase.Progressing,
                        "is being deleted: " + AWAY),
                row("all there", completed(), REACHABLE, seen(pods(4, 3, 3, 3, 3)), Phase.Healthy, done),
                row(
                        "all there, only old objects could not be deleted",
                        hinderedAfter(forbidden()),
                        REACHABLE,
                        seen(pods(4, 3, 3, 3, 3)),
                        Phase.Healthy,
                        done + "; objects of earlier revisions could not be deleted yet: "
                                + "Forbidden: may not create deployments"),
                row(
                        "a pod is missing later",
                        completed(),
                        REACHABLE,
                        seen(pods(4, 3, 3, 3, 2)),
                        Phase.Degraded,
                        "2 of 3 pods of deployment \"hello\" are available"),
                row(
                        "a pod is missing later, and it is known why",
                        completed(),
                        REACHABLE,
                        seen(observation(4, 3, 3, 3, 2, List.of(NO_IMAGE))),
                        Phase.Degraded,
                        "2 of 3 pods of deployment \"hello\" are available (ImagePull: hello:9 not found)"),
                row(
                        "somebody restarts it by hand later",
                        completed(),
                        REACHABLE,
                        seen(pods(4, 3, 4, 1, 3)),
                        Phase.Progressing,
                        waiting + "1 out of 3 new replicas have been updated..."),
                row(
                        "somebody has deleted everything",
                        completed(),
                        REACHABLE,
                        GONE,
                        Phase.Degraded,
                        "nothing of it is on the cluster any more"),
                row(
                        "after a start, all was there",
                        completed(),
                        CONNECTING,
                        UNSEEN,
                        Phase.Healthy,
                        "waiting for news from the cluster"),
                row(
                        "nobody can see it any more",
                        completed(),
                        LOST,
                        seen(pods(4, 3, 3, 3, 3)),
                        Phase.Degraded,
                        AWAY + "; it was complete when last seen"));
    }

    @ParameterizedTest(name = "{0}: {4}, {5}")
    @MethodSource("sentences")
    void aClusterIsAsTheSentenceSays(
            String situation, Placement placement, Reach reach, Sight sight, Phase phase, String message) {
        var status = ClusterRule.status(placement, reach, sight, Neighbours.NONE, NOON);

        assertThat(status.message()).isEqualTo(message);
        assertThat(status.phase()).isEqualTo(phase);
    }

    @Test
    void everythingThatStandsInTheWayIsNamedOnce() {
        var placement = hindered(AWAY);

        var status = ClusterRule.status(
                placement, LOST, seen(observation(4, 3, 4, 1, 3, List.of(NO_IMAGE, NO_IMAGE))), Neighbours.NONE, NOON);

        assertThat(status.troubles()).containsExactly(AWAY, NO_IMAGE);
    }

    @Test
    void anImageThatCantBePulledIsOneTroubleWhateverThePodsSayOfItJustNow() {
        var first = new Trouble(Trouble.Kind.IMAGE_PULL, "image \"a:2\" of container \"a\": ErrImagePull (not found)");
        var second = new Trouble(Trouble.Kind.IMAGE_PULL, "image \"a:2\" of container \"a\": ImagePullBackOff");
        var other = new Trouble(Trouble.Kind.IMAGE_PULL, "image \"b:2\" of container \"b\": ImagePullBackOff");

        var status = ClusterRule.status(
                hindered(AWAY),
                LOST,
                seen(observation(4, 3, 4, 1, 3, List.of(first, second, other))),
                Neighbours.NONE,
                NOON);

        assertThat(status.troubles()).containsExactly(AWAY, first, other);
    }

    @Test
    void anApplicationIsAsTheWorstOfItsClusters() {
        var healthy = new Status(Phase.Healthy, "deployment \"hello\" successfully rolled out", true, List.of());
        var progressing = new Status(Phase.Progressing, "Waiting…", true, List.of());
        var paused = new Status(Phase.Paused, "paused", true, List.of());
        var degraded = new Status(Phase.Degraded, "CrashLoop: exit 1", true, List.of());
        var unseen = new Status(Phase.Healthy, "waiting for news from the cluster", false, List.of());

        assertThat(overall(healthy)).isEqualTo("Healthy deployment \"hello\" successfully rolled out");
        assertThat(overall(healthy, healthy)).isEqualTo("Healthy successfully rolled out on 2 clusters");
        assertThat(overall(healthy, unseen)).isEqualTo("Healthy c1: waiting for news from the cluster");
        assertThat(overall(healthy, progressing)).isEqualTo("Progressing c1: Waiting…");
        assertThat(overall(progressing, paused)).isEqualTo("Paused c1: paused");
        assertThat(overall(paused, degraded, degraded, degraded))
                .isEqualTo("Degraded c1: CrashLoop: exit 1 (and on 2 more clusters)");
    }

    private static String overall(Status... statuses) {
        var byName = new LinkedHashMap<String, Status>();
        for (var status : statuses) {
            byName.put("c" + byName.size(), status);
        }
        var overall = ApplicationRule.overall(byName);
        return overall.phase() + " " + overall.message();
    }

    private static Arguments row(
            String situation, Placement placement, Reach reach, Sight sight, Phase phase, String message) {
        return Arguments.of(situation, placement, reach, sight, phase, message);
    }

    private static Sight seen(Observation observation) {
        return new Sight.Seen(observation);
    }

    private static Trouble forbidden() {
        return new Trouble(Trouble.Kind.FORBIDDEN, "may not create deployments");
    }

    private static Placement owed(boolean written) {
        return with(new Carried(new Target.Standing.Owed(), written, Optional.empty(), ""), false, false);
    }

    private static Placement hindered(Trouble trouble) {
        return with(new Carried(new Target.Standing.Owed(), false, Optional.of(trouble), ""), false, false);
    }

    private static Placement hinderedAfter(Trouble trouble) {
        return with(
                new Carried(new Target.Standing.Completed(Optional.empty(), false), true, Optional.of(trouble), ""),
                false,
                false);
    }

    private static Placement completed() {
        return carried(new Target.Standing.Completed(Optional.empty(), false));
    }

    private static Placement carried(Target.Standing standing) {
        return with(new Carried(standing, true, Optional.empty(), ""), false, false);
    }

    private static Placement paused(Placement placement) {
        return with(placement.carried(), true, false);
    }

    private static Placement removing(Placement placement) {
        return with(placement.carried(), false, true);
    }

    private static Placement with(Carried carried, boolean paused, boolean removing) {
        var declared = new Placement.Declared(List.of("hello:1"), true, 3, 0, Placement.Course.NONE);
        return new Placement(
                new Place(Story.name("default/hello"), "seoul"),
                Map.of(),
                new Placement.Wanted(1, Optional.empty(), declared, paused, removing, false),
                GENERATION,
                NOON,
                carried,
                Placement.Position.NOWHERE,
                Optional.empty());
    }
}
