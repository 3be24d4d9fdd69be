package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.service;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Row 14 of the walkthrough: clients stay with their version. */
class CanaryAffinityTest {

    private static final Strategy.Canary BINDING = Canaries.binding(canary(weight(25), pause()));

    /** Row 14. */
    @Test
    void clientsStayWhereTheyAreWhileThereIsACanary() {
        var held = plain(4).assign(2, 2, spec(2, 4, BINDING));
        assertThat(service(held.objects()).text("sessionAffinity")).contains("ClientIP");
        assertThat(service(held.objects())
                        .object("sessionAffinityConfig")
                        .object("clientIP")
                        .number("timeoutSeconds"))
                .contains(10_800);
        var done = held.assign(assignment(3, 2, spec(2, 4, BINDING), Directions.NONE.promoted(2)));
        assertThat(service(done.objects()).text("sessionAffinity")).isEmpty();
    }

    /** The Service is written once more, without what it had for the canary. */
    @Test
    void clientsAreFreeAgainAfterAnAbort() {
        plain(4).assign(2, 2, spec(2, 4, BINDING))
                .assign(assignment(3, 2, spec(2, 4, BINDING), Directions.NONE.abort()))
                .then(
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*4 canary:new*0 >plain (good)",
                        "plain:good*4 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** The canary stays, of the same version as all others: nobody has to be kept on one. */
    @Test
    void clientsAreFreeAgainWhileAPromotedCanaryIsKept() {
        var strategy = Canaries.kept(BINDING, Duration.ofHours(1));
        var kept = plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.promoted(2)))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Deployment/hello-canary", "Service/hello");
        assertThat(service(kept.applied()).text("sessionAffinity")).isEmpty();
        kept.passing(Duration.ofHours(1)).leaves("Deployment/hello", "Service/hello");
    }
}
