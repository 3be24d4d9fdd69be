package dev.shiplog.api;

import dev.shiplog.api.http.Exchange;
import dev.shiplog.api.http.Items;
import dev.shiplog.api.http.Parameters;
import dev.shiplog.api.http.Streams;
import dev.shiplog.api.http.Wire;
import dev.shiplog.views.ReadModel;
import dev.shiplog.views.live.Changes;
import java.io.IOException;
import java.util.Optional;

/** All events there are: a page of them, or a stream that goes on with what happens. */
final class EventRoutes {

    private static final int PAGE = 500;
    private static final String LATEST = "latest";

    private final ReadModel readModel;
    private final Changes changes;
    private final Streams streams;

    EventRoutes(Sources sources, Streams streams) {
        this.readModel = sources.readModel();
        this.changes = sources.changes();
        this.streams = streams;
    }

    void page(Exchange exchange) {
        Items.page(exchange, readModel::events, from(exchange.query("after")), PAGE);
    }

    /** A client that was cut off goes on behind the last event it has seen. */
    void stream(Exchange exchange) throws IOException, InterruptedException {
        try (var subscription = changes.ofAll()) {
            var from = from(exchange.header("last-event-id").or(() -> exchange.query("after")));
            checked(from);
            streams.run(exchange, subscription, new Following(from));
        }
    }

    private String from(Optional<String> after) {
        return after.filter(LATEST::equals)
                .map(latest -> readModel.end())
                .or(() -> after)
                .orElse("");
    }

    private static void checked(String offset) {
        if (!offset.chars().allMatch(c -> c >= '0' && c <= '9') || offset.length() > 18) {
            throw Parameters.wrong(
                    "after", "the offset of an event or \"" + LATEST + "\" is needed, not \"" + offset + "\"");
        }
    }

    private final class Following implements Streams.Show {

        private String after;

        private Following(String after) {
            this.after = after;
        }

        @Override
        public boolean show(Streams.Sink sink) throws IOException, InterruptedException {
            while (true) {
                var page = readModel.events(after, PAGE);
                if (page.items().isEmpty()) {
                    return true;
                }
                var events = new StringBuilder();
                for (var event : page.items()) {
                    events.append(Streams.event("", event.offset(), Wire.json(event)));
                }
                sink.send(events.toString());
                after = page.items().getLast().offset();
            }
        }
    }
}
