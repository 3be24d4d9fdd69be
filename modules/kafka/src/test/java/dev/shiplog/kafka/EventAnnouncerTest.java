package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.protocol.Events;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventAnnouncerTest {

    @Test
    void anEventIsAnnouncedAsACloudEventWithTheBytesOfTheJournal() throws Exception {
        String stream = "rollout/gke-seoul/default/hello";
        byte[] bytes = Events.encodeRollout(
                stream,
                new byte[0],
                new Recorded<>(
                        new CommandId("test", "1"),
                        Principal.SHIPLOG,
                        "",
                        Instant.parse("2026-11-22T10:00:00Z"),
                        "",
                        new RolloutEvent.Removed(2)));
        try (var events = Broker.tail(Topics.EVENTS);
                var announcer = EventAnnouncer.start(Broker.connection(), TransferLimits.USUAL)) {
            announcer.announce(List.of(new EventAnnouncer.Announcement(stream, 7, new StoredEvent(bytes))));

            var announced = events.await(1).getFirst();
            assertThat(new String(announced.key(), UTF_8)).isEqualTo("default/hello");
            assertThat(announced.value()).isEqualTo(bytes);
            assertThat(announced.headers())
                    .extracting(header -> header.key() + ": " + new String(header.value(), UTF_8))
                    .containsExactly(
                            "content-type: application/protobuf",
                            "ce_specversion: 1.0",
                            "ce_id: rollout/gke-seoul/default/hello#7",
                            "ce_source: shiplog",
                            "ce_type: dev.shiplog.rollout.Removed",
                            "ce_subject: rollout/gke-seoul/default/hello",
                            "ce_time: 2026-11-22T10:00:00Z");
        }
    }
}
