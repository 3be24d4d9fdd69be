package dev.shiplog.engine.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.rollout.Assignment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An actor that leaves while its journal hangs, and more commands for it than are kept for its successor. */
class LeavingTest {

    private static final int KEPT = HeldApplication.LIMITS.applicationMessages();
    private static final int TOO_MANY = 300;

    private final HeldApplication application = new HeldApplication();

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void asManyAsAreKeptAreAnsweredByItsSuccessorAndTheOthersWhenTheyComeAgain() {
        var leftOut = application.kit().createDroppedMessageProbe();
        var early = application.kit().createTestProbe(Outcome.class);
        var late = application.kit().createTestProbe(Outcome.class);
        application.submit(0, early.ref());
        application.journal().awaitWrite();
        application.leave();
        application.submit(1, 1 + KEPT, early.ref());
        application.submit(1 + KEPT, 1 + KEPT + TOO_MANY, late.ref());
        leftOut.receiveSeveralMessages(TOO_MANY, Duration.ofSeconds(30));

        application.journal().open();
        assertThat(early.receiveSeveralMessages(1 + KEPT, Duration.ofMinutes(1)))
                .allMatch(Outcome.Refused.class::isInstance);
        late.expectNoMessage(Duration.ofMillis(100));

        application.submit(KEPT + TOO_MANY, late.ref());
        assertThat(late.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Refused.class);
    }

    /** As many wait for it as may when it is asked to stop: that is left out, and it is asked again. */
    @Test
    void whoHadNoRoomForTheWordToStopIsToldAgain() {
        var leftOut = application.kit().createDroppedMessageProbe();
        var replies = application.kit().createTestProbe(Outcome.class);
        application.submit(0, replies.ref());
        application.journal().awaitWrite();
        application.submit(1, 1 + KEPT, replies.ref());
        application.leave();
        leftOut.receiveMessage(Duration.ofSeconds(30));

        application.journal().open();
        replies.receiveSeveralMessages(1 + KEPT, Duration.ofMinutes(1));
        application.submit(1 + KEPT, replies.ref());
        assertThat(replies.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Refused.class);
    }

    /** It asks its clusters once, its successor again: the answer to the first would find nobody. */
    @Test
    void whatACommandLeavesToDoThatCameAfterTheWishToLeaveIsAskedForByItsSuccessor() {
        var replies = application.kit().createTestProbe(Outcome.class);
        application.release(0, replies.ref());
        application.journal().awaitWrite();
        application.leave();
        application.journal().open();
        assertThat(replies.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Accepted.class);
        assertThat(application.assigned().receiveSeveralMessages(2, Duration.ofSeconds(30)))
                .extracting(Assignment::generation)
                .containsExactly(1, 1);
    }
}
