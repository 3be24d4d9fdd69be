package dev.shiplog.localcluster.kubelet;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How a container behaves, which the name of its image says. */
enum Behaviour {
    /** What stands there is no name of an image. */
    UNNAMEABLE,
    /** Becomes ready after the usual time. */
    WELL,
    /** Its image can't be pulled. */
    BROKEN,
    /** Ends with an error as soon as it has been started, again and again. */
    CRASHING,
    /** Becomes ready, but takes long. */
    SLOW,
    /** Runs, and never becomes ready. */
    NEVER_READY;

    private static final List<Behaviour> WORST = List.of(UNNAMEABLE, BROKEN, CRASHING, NEVER_READY, SLOW, WELL);

    /** A pod behaves as the worst of its containers. */
    static final Comparator<Behaviour> WORST_FIRST = Comparator.comparingInt(WORST::indexOf);

    static Behaviour of(String image) {
        if (!ImageName.isValid(image)) {
            return UNNAMEABLE;
        }
        String name = image.toLowerCase(Locale.ROOT);
        if (name.contains("broken")) {
            return BROKEN;
        }
        if (name.contains("crash")) {
            return CRASHING;
        }
        if (name.contains("slow")) {
            return SLOW;
        }
        return name.contains("never") ? NEVER_READY : WELL;
    }
}
