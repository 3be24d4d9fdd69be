package dev.shiplog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.engine.ingest.Incoming;
import dev.shiplog.engine.stream.Backoff;
import dev.shiplog.engine.stream.EventCodec;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application that hangs, and as many commands for it as may be under way: each ask ends in its time. */
class UnansweredTest {

    private static final ApplicationName HELLO = ApplicationName.parse("default/hello");

    /** As many as {@code shiplog.limits.commands} lets in. */
    private static final int UNDER_WAY = 1_000;

    private final CountDownLatch opened = new CountDownLatch(1);
    private final Engine engine = Engine.start(
            ActorSystemSetup.create(BootstrapSetup.create(HeldJournal.CONFIG)),
            Clock.systemUTC(),
            new Timings(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    new Backoff(Duration.ofMillis(10), Duration.ofMillis(20))),
            ActorLimits.USUAL,
            Fleet.of(List.of()),
            FakeCluster::new,
            (cluster, sighting) -> {},
            new Hanging(),
            new RememberingCodec<>());

    @AfterEach
    void stop() {
        opened.countDown();
        engine.close();
    }

    @Test
    void eachAskEndsInItsTimeAndTheSameCommandMayBeHandedInAgain() throws Exception {
        var asks = IntStream.range(0, UNDER_WAY).mapToObj(this::submit).toList();
        for (var ask : asks) {
            assertThat(ask.handle((outcome, failure) -> failure).get(1, TimeUnit.MINUTES))
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isInstanceOf(TimeoutException.class),
                            failure -> assertThat(failure)
                                    .isInstanceOf(CompletionException.class)
                                    .hasCauseInstanceOf(TimeoutException.class));
        }
        opened.countDown();
        assertThat(answered(0)).isInstanceOf(Outcome.Refused.class).isEqualTo(answered(0));
        assertThat(answered(UNDER_WAY - 1)).isInstanceOf(Outcome.Refused.class);
    }

    /** As the intake does it: again until there is an outcome. */
    private Outcome answered(int number) throws Exception {
        for (int attempt = 1; attempt <= 30; attempt++) {
            var outcome = submit(number).handle((told, failure) -> told).get(1, TimeUnit.MINUTES);
            if (outcome != null) {
                return outcome;
            }
        }
        throw new AssertionError("never answered");
    }

    private CompletableFuture<Outcome> submit(int number) {
        return engine.submit(new Incoming(
                        HELLO,
                        new CommandId("test", String.valueOf(number)),
                        Principal.claimed("ada"),
                        "",
                        new ApplicationCommand.Pause(ClusterSelection.ALL)))
                .toCompletableFuture();
    }

    /** Doesn't come back with the bytes of an event until it is let go. */
    private final class Hanging implements EventCodec<ApplicationEvent> {
        private final RememberingCodec<ApplicationEvent> codec = new RememberingCodec<>();

        @Override
        public StoredEvent encode(StreamName stream, Hash previous, Recorded<ApplicationEvent> event) {
            try {
                assertThat(opened.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return codec.encode(stream, previous, event);
        }

        @Override
        public Recorded<ApplicationEvent> decode(StoredEvent stored) {
            return codec.decode(stored);
        }
    }
}
