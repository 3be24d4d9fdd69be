package dev.shiplog.engine.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A journal that doesn't answer, and more messages than may wait for it. */
class WaitingMessagesTest {

    private static final int WAITING = HeldApplication.LIMITS.applicationMessages();
    private static final int TOO_MANY = 300;

    private final HeldApplication application = new HeldApplication();

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void asManyAsMayWaitAreAnsweredInTheEndAndTheOthersWhenTheyComeAgain() {
        var leftOut = application.kit().createDroppedMessageProbe();
        var early = application.kit().createTestProbe(Outcome.class);
        var late = application.kit().createTestProbe(Outcome.class);
        application.submit(0, early.ref());
        application.journal().awaitWrite();
        application.submit(1, 1 + WAITING, early.ref());
        application.submit(1 + WAITING, 1 + WAITING + TOO_MANY, late.ref());
        leftOut.receiveSeveralMessages(TOO_MANY, Duration.ofSeconds(30));

        application.journal().open();
        early.receiveSeveralMessages(1 + WAITING, Duration.ofMinutes(1));
        early.expectNoMessage(Duration.ZERO);
        late.expectNoMessage(Duration.ofMillis(100));

        application.submit(WAITING + TOO_MANY, late.ref());
        assertThat(late.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(Outcome.Refused.class);
    }
}
