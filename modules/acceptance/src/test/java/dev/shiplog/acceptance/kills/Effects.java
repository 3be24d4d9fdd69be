package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.CommandRefused;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What each command of a submitter led to, as the events say that it caused. */
final class Effects {

    private final Map<CommandId, Set<String>> decisions = new HashMap<>();
    private final Map<CommandId, List<ApplicationEvent>> events = new HashMap<>();

    void fold(String stream, Recorded<ApplicationEvent> recorded) {
        // One decision may lead to several events; they share their moment, and a second decision has another.
        decisions
                .computeIfAbsent(recorded.commandId(), first -> new TreeSet<>())
                .add(recorded.commandId() + " of " + stream + " at " + recorded.at());
        events.computeIfAbsent(recorded.commandId(), first -> new ArrayList<>()).add(recorded.event());
    }

    /** The commands that have been decided on. */
    Set<CommandId> decided() {
        return decisions.keySet();
    }

    /** The commands that were decided on more than once, with the moments. */
    List<Set<String>> repeated() {
        return decisions.values().stream().filter(all -> all.size() > 1).toList();
    }

    /** The commands that were told something else than what they led to, in words. */
    List<String> contradicting(Map<CommandId, Outcome> told) {
        return told.entrySet().stream()
                .flatMap(command -> contradiction(command.getValue(), events.getOrDefault(command.getKey(), List.of()))
                        .map(problem -> command.getKey() + " was told " + command.getValue() + ", but " + problem)
                        .stream())
                .toList();
    }

    private static Optional<String> contradiction(Outcome told, List<ApplicationEvent> led) {
        return switch (told) {
            case Outcome.Refused refused ->
                led.equals(List.of(new CommandRefused(refused.code(), refused.message())))
                        ? Optional.empty()
                        : Optional.of("it led to " + led);
            case Outcome.Accepted accepted -> contradiction(accepted, led);
        };
    }

    private static Optional<String> contradiction(Outcome.Accepted told, List<ApplicationEvent> led) {
        if (led.isEmpty() || led.stream().anyMatch(CommandRefused.class::isInstance)) {
            return Optional.of("it led to " + led);
        }
        var made = led.stream()
                .flatMap(event -> event instanceof ReleaseCreated created
                        ? Stream.of(new Outcome.Made(
                                created.release().revision(), created.release().clusters()))
                        : Stream.empty())
                .toList();
        if (!made.equals(told.revisions())) {
            return Optional.of("it made " + made);
        }
        int first = led.stream()
                .mapToInt(Effects::revision)
                .filter(revision -> revision > 0)
                .findFirst()
                .orElse(0);
        return first == told.revision() ? Optional.empty() : Optional.of("its revision is " + first);
    }

    /** That the event made or found; 0 where there is none. */
    private static int revision(ApplicationEvent event) {
        return event instanceof ReleaseCreated created
                ? created.release().revision()
                : event instanceof NothingChanged nothing ? nothing.revision() : 0;
    }
}
