package dev.shiplog.engine.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the outstanding tasks are under way, so that each is asked for once until it is answered or reminded of. It is
 * not kept: after a restart everything outstanding is asked for again. Bounded by what is outstanding.
 */
public final class Errands<T> {

    private final Set<T> underWay = new HashSet<>();

    /** What to ask for now; it counts as under way from here on. What is not outstanding any more is forgotten. */
    public List<T> due(List<T> outstanding) {
        underWay.retainAll(new HashSet<>(outstanding));
        var due = new ArrayList<T>();
        for (T task : outstanding) {
            if (underWay.add(task)) {
                due.add(task);
            }
        }
        return due;
    }

    /** The answers to everything under way may be lost: all that is outstanding is due again. */
    public void forget() {
        underWay.clear();
    }

    int underWay() {
        return underWay.size();
    }
}
