package dev.shiplog.views;

import static dev.shiplog.views.OnSeoul.HELD;
import static dev.shiplog.views.OnSeoul.MARK;
import static dev.shiplog.views.OnSeoul.OWED;
import static dev.shiplog.views.OnSeoul.fresh;
import static dev.shiplog.views.OnSeoul.layout;
import static dev.shiplog.views.OnSeoul.service;
import static dev.shiplog.views.Sightings.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.AppView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a canary's states are called where the words were wrong once. */
final class CanaryWordsTest {

    private static final Mark BEFORE = new Mark(4, 0);
    private static final Trouble CONFLICT =
            new Trouble(Trouble.Kind.CONFLICT, "deployment \"hello\": .spec.template…image belongs to \"kubectl-set\"");
    private static final String WAYS =
            "; shiplog rollout abort hello -n default --force-conflicts takes the canary away and"
                    + " goes back to revision 1, shiplog rollout retry hello -n default --force-conflicts goes on in spite of it";

    // ---- a promotion that somebody else's field stands in the way of

    @Test
    void whatServesIsWhatTheClusterRuns() {
        var changed = List.of(workload("hello", BEFORE, 9, 3), workload("hello-canary", BEFORE, 2, 1));

        assertThat(promotion(new Target.Standing.Failed(CONFLICT))
                        .shown(changed)
                        .message())
                .isEqualTo(CONFLICT + "; deployment \"hello\" runs image hello:9, which revision 1 has not, beside the"
                        + " canary" + WAYS);
    }

    @Test
    void whatServesIsTheGoodReleaseWhereItsImagesRun() {
        var scaled = List.of(workload("hello", BEFORE, 1, 2), workload("hello-canary", BEFORE, 2, 1));

        assertThat(promotion(new Target.Standing.Failed(CONFLICT)).shown(scaled).message())
                .isEqualTo(CONFLICT + "; revision 1 serves beside the canary" + WAYS);
    }

    @Test
    void whatServesIsNotKnownWhereItIsNotSeen() {
        assertThat(promotion(new Target.Standing.Failed(CONFLICT))
                        .shown(List.of(workload("hello-canary", BEFORE, 2, 1)))
                        .message())
                .isEqualTo(CONFLICT + "; it is not known what serves beside the canary" + WAYS);
    }

    // ---- where it is

    /** The cluster does not show yet that it goes. */
    @Test
    void aCanaryThatGoesIsNotCounted() {
        var layout = layout(Role.PLAIN, Map.of(Role.PLAIN, fresh(5), Role.CANARY, fresh(0)));
        var shown = OnSeoul.of(OnSeoul.STEPS, OWED, layout, 4)
                .shown(
                        List.of(workload("hello", MARK, 2, 5), leaving()),
                        service(Map.of("hello", 5, "hello-canary", 5)));

        assertThat(shown.message())
                .isEqualTo("promotion, 5 canary pods still to go: waiting for the cluster to show the" + " change");
    }

    @Test
    void whatStandsOnTheWayIsNotCalledRolledOut() {
        var shown = OnSeoul.canary(OWED)
                .shown(
                        List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)),
                        service(Map.of("hello", 3, "hello-canary", 1)));

        assertThat(shown.message()).doesNotContain("successfully rolled out").endsWith(": all pods are there");
    }

    /** It skips the steps: nothing is promoted. */
    @Test
    void anUndoOfACanaryThatIsUnderWayIsNoPromotion() {
        var layout =
                layout(Role.PLAIN, Map.of(Role.PLAIN, fresh(3), Role.CANARY, new Side(Content.OTHER, Optional.of(1))));
        var shown = OnSeoul.of(OnSeoul.STEPS, OWED, layout, 4)
                .shown(
                        List.of(workload("hello", MARK, 2, 3, 2), workload("hello-canary", BEFORE, 1, 1)),
                        service(Map.of("hello", 2, "hello-canary", 1)));

        assertThat(shown.message()).startsWith("Waiting for deployment \"hello\" rollout to finish: 2 of 3");
        assertThat(shown.step()).isNull();
    }

    // ---- pods that nobody comes to by a Service

    @Test
    void aCanaryWithoutAServiceHasItsShareOfPods() {
        var shown = OnSeoul.canary(HELD)
                .withoutServices()
                .shown(List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)));

        assertThat(shown.weight()).isEqualTo(new AppView.Weight(25, 25, "pods"));
    }

    @Test
    void whileItRollsIntoStableTheNewPodsOfBothCount() {
        var layout = layout(Role.PLAIN, Map.of(Role.PLAIN, fresh(3), Role.CANARY, fresh(1)));
        var halfway = new Workload(
                "hello", MARK, 2, 1, 1, 3, 3, 2, 3, 3, false, List.of(), Optional.empty(), Optional.empty());
        var shown = OnSeoul.of(OnSeoul.STEPS, OWED, layout, 4)
                .withoutServices()
                .shown(List.of(halfway, workload("hello-canary", MARK, 2, 1)));

        assertThat(shown.weight()).isEqualTo(new AppView.Weight(100, 75, "pods"));
    }

    /** One that is gone is not one that never was. */
    @Test
    void aServiceThatIsGoneLeavesTheShareUnknown() {
        var shown = OnSeoul.canary(HELD)
                .shown(List.of(workload("hello", MARK, 1, 3), workload("hello-canary", MARK, 2, 1)));

        assertThat(shown.weight()).isEqualTo(new AppView.Weight(25, null, null));
    }

    private static OnSeoul promotion(Target.Standing standing) {
        return OnSeoul.of(
                OnSeoul.STEPS, standing, layout(Role.PLAIN, Map.of(Role.PLAIN, fresh(3), Role.CANARY, fresh(1))), 4);
    }

    private static Workload leaving() {
        return new Workload(
                "hello-canary", BEFORE, 2, 1, 1, 5, 5, 5, 5, 5, false, List.of(), Optional.empty(), Optional.empty());
    }
}
