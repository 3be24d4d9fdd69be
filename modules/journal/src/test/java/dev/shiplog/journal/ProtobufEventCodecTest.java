package dev.shiplog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.protocol.Events;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProtobufEventCodecTest {

    private static final ApplicationName HELLO = new ApplicationName("default", "hello");

    @Test
    void eachEventHoldsTheHashOfTheOneBefore() {
        var codec = ProtobufEventCodec.ofApplications();
        var stream = StreamName.application(HELLO);
        var scaled =
                by("ana", (ApplicationEvent) new ApplicationEvent.Scaled(List.of("eks-virginia", "gke-seoul"), 5, 7));
        var paused = by("ben", (ApplicationEvent) new ApplicationEvent.Paused(List.of("gke-seoul"), 8));

        var first = codec.encode(stream, Hash.NONE, scaled);
        var second = codec.encode(stream, first.hash(), paused);

        assertThat(codec.decode(first)).isEqualTo(scaled);
        assertThat(codec.decode(second)).isEqualTo(paused);
        assertThat(Events.decode(first.bytes()).previousHash()).isEmpty();
        assertThat(Events.decode(second.bytes()).previousHash())
                .isEqualTo(first.hash().hex());
        assertThat(Events.decode(second.bytes()).stream()).isEqualTo("application/default/hello");
    }

    @Test
    void rolloutsHaveTheirOwn() {
        var codec = ProtobufEventCodec.ofRollouts();
        var applied = by("shiplog", (RolloutEvent) new RolloutEvent.Applied(3));

        var stored = codec.encode(StreamName.rollout("gke-seoul", HELLO), Hash.NONE, applied);

        assertThat(codec.decode(stored)).isEqualTo(applied);
        assertThatThrownBy(() -> ProtobufEventCodec.ofApplications().decode(stored))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rollout/gke-seoul/default/hello");
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> ProtobufEventCodec.ofApplications().decode(new StoredEvent(new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static <E> Recorded<E> by(String actor, E event) {
        return new Recorded<>(
                new CommandId("test", "1"),
                Principal.claimed(actor),
                "because",
                Instant.parse("2026-01-31T09:00:00.123456789Z"),
                "test#1",
                event);
    }
}
