package dev.shiplog.domain;

import java.util.List;

/**
 * A set of rules over one stream of events, in the shape of Chassaing's decider.
 *
 * @param <C> commands, what somebody asks for
 * @param <E> events, what has happened
 * @param <S> the state folded from events
 * @param <T> tasks, what the world still owes us
 */
public interface Decider<C, E, S, T> {

    /** The state before the first event. */
    S initial();

    /** Judges one command; touches nothing. */
    Decision<E> decide(S state, Asked<C> asked);

    /** What is kept of a refusal, so that the same command is always told the same; by default nothing. */
    default List<E> refusal(Rejection rejection) {
        return List.of();
    }

    /** Folds one event in; holds no rules and never throws, since what has happened has happened. */
    S evolve(S state, Recorded<E> event);

    /** What the world still owes us, from state alone, so that a restart asks for exactly the same work. */
    List<T> outstanding(S state);
}
