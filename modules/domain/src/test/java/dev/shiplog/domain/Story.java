package dev.shiplog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.fleet.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Given what has happened, when somebody asks, then this happens: a decider's tests as sentences. A story is a value; each
 * step gives a longer one, a minute later. Every step also replays the whole story and compares, so that no test can pass
 * with a state that the history doesn't give.
 */
public final class Story<C, E, S, T> {

    public static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

    private final Decider<C, E, S, T> decider;
    private final Fleet fleet;
    private final Principal principal;
    private final List<Recorded<E>> history;
    private final S state;
    private final Instant now;
    private final int asked;

    private Story(
            Decider<C, E, S, T> decider,
            Fleet fleet,
            Principal principal,
            List<Recorded<E>> history,
            S state,
            Instant now,
            int asked) {
        this.decider = decider;
        this.fleet = fleet;
        this.principal = principal;
        this.history = List.copyOf(history);
        this.state = state;
        this.now = now;
        this.asked = asked;
    }

    public static <C, E, S, T> Story<C, E, S, T> of(Decider<C, E, S, T> decider, Fleet fleet) {
        return new Story<>(decider, fleet, Principal.claimed("mira"), List.of(), decider.initial(), BEGINNING, 0);
    }

    /** Events that have happened, each by a command of its own, a minute apart. */
    public Story<C, E, S, T> given(List<E> events) {
        var happened = new ArrayList<Recorded<E>>();
        for (E event : events) {
            int after = happened.size();
            var id = new CommandId("test", "command-" + (asked + after));
            happened.add(new Recorded<>(id, principal, "", now.plusSeconds(60L * after), id.toString(), event));
        }
        return with(happened, events.size());
    }

    /** Commands that were carried out; each has to be accepted. */
    @SafeVarargs
    public final Story<C, E, S, T> after(C... commands) {
        var story = this;
        for (C command : commands) {
            story = story.when(command).accepted();
        }
        return story;
    }

    public Then<C, E, S, T> when(C command) {
        return when(nextId(), command);
    }

    public Then<C, E, S, T> when(CommandId id, C command) {
        return when(id, "", command);
    }

    public Then<C, E, S, T> when(CommandId id, String reason, C command) {
        var asking = new Asked<>(id, principal, reason, now, id.toString(), fleet, command);
        return new Then<>(this, asking, decider.decide(state, asking));
    }

    /** The same, told by Shiplog itself. */
    public Story<C, E, S, T> byShiplog() {
        return new Story<>(decider, fleet, Principal.SHIPLOG, history, state, now, asked);
    }

    /** The same, told by a person again. */
    public Story<C, E, S, T> byMira() {
        return new Story<>(decider, fleet, Principal.claimed("mira"), history, state, now, asked);
    }

    public Story<C, E, S, T> in(Fleet changed) {
        return new Story<>(decider, changed, principal, history, state, now, asked);
    }

    public Story<C, E, S, T> later(Duration pause) {
        return new Story<>(decider, fleet, principal, history, state, now.plus(pause), asked);
    }

    public Instant now() {
        return now;
    }

    public S state() {
        return state;
    }

    public List<T> outstanding() {
        return decider.outstanding(state);
    }

    public List<E> events() {
        return history.stream().map(Recorded::event).toList();
    }

    public Story<C, E, S, T> check(Consumer<S> expectation) {
        expectation.accept(state);
        return this;
    }

    public <V> V read(Function<S, V> reading) {
        return reading.apply(state);
    }

    private CommandId nextId() {
        return new CommandId("test", "command-" + asked);
    }

    private Story<C, E, S, T> with(List<Recorded<E>> events, int commands) {
        var longer = new ArrayList<>(history);
        longer.addAll(events);
        S live = state;
        for (var event : events) {
            live = decider.evolve(live, event);
        }
        S replayed = decider.initial();
        for (var event : longer) {
            replayed = decider.evolve(replayed, event);
        }
        assertThat(replayed).as("replayed state").isEqualTo(live);
        return new Story<>(decider, fleet, principal, longer, live, now.plusSeconds(60L * commands), asked + commands);
    }

    /** What came of a command. */
    public static final class Then<C, E, S, T> {

        private final Story<C, E, S, T> before;
        private final Asked<C> asked;
        private final Decision<E> decision;

        private Then(Story<C, E, S, T> before, Asked<C> asked, Decision<E> decision) {
            this.before = before;
            this.asked = asked;
            this.decision = decision;
        }

        /** Exactly these events. */
        @SafeVarargs
        @SuppressWarnings("varargs") // List.of copies the array and never hands it on
        public final Story<C, E, S, T> then(E... events) {
            assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
            return goOn();
        }

        /** Accepted, and nothing happens: the command is late, or repeated. */
        public Story<C, E, S, T> thenNothing() {
            assertThat(decision).isEqualTo(new Decision.Accepted<E>(List.of()));
            return goOn();
        }

        public Story<C, E, S, T> refused(String code, String sentence) {
            assertThat(decision).isInstanceOf(Decision.Rejected.class);
            var rejection = ((Decision.Rejected<E>) decision).rejection();
            assertThat(rejection.code()).isEqualTo(code);
            assertThat(rejection.sentence()).isEqualTo(sentence);
            return goOn();
        }

        public Story<C, E, S, T> accepted() {
            assertThat(decision).as("decision about %s", asked.command()).isInstanceOf(Decision.Accepted.class);
            return goOn();
        }

        /** Accepted, or refused: whatever it is, it is kept. */
        public Story<C, E, S, T> goOn() {
            var events = switch (decision) {
                case Decision.Accepted<E> accepted -> accepted.events();
                case Decision.Rejected<E> rejected -> before.decider.refusal(rejected.rejection());
            };
            var recorded = events.stream()
                    .map(event -> new Recorded<>(
                            asked.id(), asked.principal(), asked.reason(), asked.at(), asked.correlation(), event))
                    .toList();
            return before.with(recorded, 1);
        }

        public List<E> events() {
            return decision instanceof Decision.Accepted<E> accepted ? accepted.events() : List.of();
        }
    }
}
