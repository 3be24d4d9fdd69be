package dev.shiplog.engine.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.HeldJournal;
import dev.shiplog.engine.RememberingCodec;
import dev.shiplog.engine.Surroundings;
import dev.shiplog.engine.Timings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many applications that are woken and have nothing to do: each asks to leave memory when its time is up. */
class IdleTest {

    private static final int APPLICATIONS = 300;

    private final ActorTestKit kit = ActorTestKit.create(HeldJournal.CONFIG);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whoHasNothingToDoLeaves() {
        var parent = kit.createTestProbe(Applications.Message.class);
        var surroundings = new Surroundings(
                Clock.systemUTC(),
                Timings.DEFAULT,
                new ActorLimits(10, 10, Duration.ofMillis(50)),
                () -> Fleet.of(List.of()),
                (assignment, reportTo) -> {},
                (cluster, sighting) -> {},
                new RememberingCodec<>(),
                new RememberingCodec<>());
        var names = new HashSet<ApplicationName>();
        for (int number = 0; number < APPLICATIONS; number++) {
            var name = ApplicationName.parse("idle/app-" + number);
            names.add(name);
            var application = kit.spawn(ApplicationActor.of(name, surroundings, parent.ref()));
            application.tell(ApplicationActor.Wake.WAKE);
        }
        assertThat(parent.receiveSeveralMessages(APPLICATIONS, Duration.ofMinutes(1)))
                .extracting(message -> ((Applications.Leave) message).application())
                .containsExactlyInAnyOrderElementsOf(names);
    }
}
