package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.rollout.RolloutStories.applied;
import static dev.shiplog.domain.rollout.RolloutStories.assign;
import static dev.shiplog.domain.rollout.RolloutStories.assignRemoval;
import static dev.shiplog.domain.rollout.RolloutStories.completed;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import dev.shiplog.domain.rollout.RolloutEvent.Removed;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Everything of an application goes from a cluster. */
class RemovalTest {

    private static final ObjectKey DEPLOYMENT = new ObjectKey("apps/v1", "Deployment", "default", "hello");

    @Test
    void aRemovalDeletesEverythingThatWasEverWritten() {
        var removing = completed().after(assignRemoval(2));
        assertThat(removing.outstanding())
                .containsExactly(new RolloutTask.Delete(HELLO, "gke-seoul", 2, 0, Set.of(DEPLOYMENT)));
        removing.when(new ConfirmDeleted(2, Set.of(DEPLOYMENT)))
                .then(new Pruned(2, Set.of(DEPLOYMENT)), new Removed(2))
                .when(new ConfirmDeleted(2, Set.of(DEPLOYMENT)))
                .thenNothing();
    }

    @Test
    void aRemovalOfWhatWasNeverWrittenIsDoneAtOnce() {
        rollout().after(assignRemoval(1)).when(new ConfirmDeleted(1, Set.of())).then(new Removed(1));
    }

    @Test
    void aRemovalIsDoneOnlyWhenAllIsGone() {
        var two = spec(deployment("hello", "hello:1.0.0", 3), service("hello"));
        var removing = rollout().after(assign(1, two), applied(1), assignRemoval(2));
        var service = new ObjectKey("v1", "Service", "default", "hello");
        removing.when(new ConfirmDeleted(2, Set.of(service)))
                .then(new Pruned(2, Set.of(service)))
                .when(new ConfirmDeleted(2, Set.of(DEPLOYMENT)))
                .then(new Pruned(2, Set.of(DEPLOYMENT)), new Removed(2));
    }

    @Test
    void whatWasMeantToBeRemovedAndIsWantedAgainStays() {
        var wanted = completed().after(assignRemoval(2), assign(3));
        wanted.when(new ConfirmDeleted(2, Set.of(DEPLOYMENT))).thenNothing();
        assertThat(wanted.outstanding())
                .containsExactly(RolloutStories.apply(assign(3).assignment()));
    }

    /** It was wanted again meanwhile, and the Deployment of that is there still. */
    @Test
    void thatSomethingWentBeforeSaysNothingAboutThisRemoval() {
        completed()
                .after(assignRemoval(2), assign(3), applied(3), assignRemoval(4))
                .when(new ConfirmDeleted(2, Set.of(DEPLOYMENT)))
                .thenNothing();
    }
}
