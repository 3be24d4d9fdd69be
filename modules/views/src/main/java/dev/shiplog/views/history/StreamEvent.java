package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.protocol.Events;
import dev.shiplog.views.history.Rows.EventRow;
import java.util.List;

/** An event of the feed, understood. */
sealed interface StreamEvent {

    long position();

    /** The row of the index of events. */
    EventRow row();

    /** The clusters whose placement the event may change. */
    List<String> clusters();

    record OfApplication(long position, ApplicationName application, Recorded<ApplicationEvent> recorded, EventRow row)
            implements StreamEvent {
        @Override
        public List<String> clusters() {
            return switch (recorded.event()) {
                case ApplicationEvent.ReleaseCreated created ->
                    created.release().clusters();
                case ApplicationEvent.Scaled scaled -> scaled.clusters();
                case ApplicationEvent.Paused paused -> paused.clusters();
                case ApplicationEvent.Resumed resumed -> resumed.clusters();
                case ApplicationEvent.RemovalRequested requested -> requested.clusters();
                case ApplicationEvent.Promoted promoted ->
                    List.copyOf(promoted.through().keySet());
                case ApplicationEvent.AbortRequested requested -> requested.clusters();
                case ApplicationEvent.TakeoverRequested requested -> requested.clusters();
                case ApplicationEvent.RolloutHeld held -> List.of(held.cluster());
                case ApplicationEvent.RolloutAborted aborted -> List.of(aborted.cluster());
                case ApplicationEvent.RolloutSettled settled -> List.of(settled.cluster());
                case ApplicationEvent.RolloutCompleted completed -> List.of(completed.cluster());
                case ApplicationEvent.RolloutFailed failed -> List.of(failed.cluster());
                case ApplicationEvent.RolloutRemoved removed -> List.of(removed.cluster());
                case ApplicationEvent.ReleaseEnded ignored -> List.of();
                case ApplicationEvent.ApplicationRemoved ignored -> List.of();
                case ApplicationEvent.NothingChanged ignored -> List.of();
                case ApplicationEvent.CommandRefused ignored -> List.of();
            };
        }
    }

    record OfRollout(long position, Place place, Recorded<RolloutEvent> recorded, EventRow row) implements StreamEvent {
        @Override
        public List<String> clusters() {
            return List.of(place.cluster());
        }
    }

    /** @throws IllegalArgumentException if the event can't be read: nothing is ever passed over in silence */
    static StreamEvent of(FeedEvent fed) {
        return switch (Events.decode(fed.bytes())) {
            case Events.Stored.OfApplication stored -> {
                var application = ApplicationName.parse(after("application/", stored.stream()));
                var recorded = stored.recorded();
                yield new OfApplication(
                        fed.offset(),
                        application,
                        recorded,
                        row(fed, stored.stream(), application, recorded, Summaries.of(recorded.event())));
            }
            case Events.Stored.OfRollout stored -> {
                var rest = after("rollout/", stored.stream());
                int slash = rest.indexOf('/');
                if (slash < 0) {
                    throw new IllegalArgumentException("no stream of a rollout: " + stored.stream());
                }
                var place = new Place(ApplicationName.parse(rest.substring(slash + 1)), rest.substring(0, slash));
                var recorded = stored.recorded();
                yield new OfRollout(
                        fed.offset(),
                        place,
                        recorded,
                        row(
                                fed,
                                stored.stream(),
                                place.application(),
                                recorded,
                                Summaries.of(place.cluster(), recorded.event())));
            }
        };
    }

    private static EventRow row(
            FeedEvent fed, String stream, ApplicationName application, Recorded<?> recorded, String summary) {
        return new EventRow(
                fed.offset(),
                stream,
                fed.sequence(),
                application,
                recorded.at(),
                recorded.principal().name(),
                recorded.reason(),
                recorded.commandId(),
                recorded.event().getClass().getSimpleName(),
                summary);
    }

    private static String after(String prefix, String stream) {
        if (!stream.startsWith(prefix)) {
            throw new IllegalArgumentException("no stream of an event under " + prefix + ": " + stream);
        }
        return stream.substring(prefix.length());
    }
}
