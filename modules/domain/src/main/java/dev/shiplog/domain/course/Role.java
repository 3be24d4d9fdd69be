package dev.shiplog.domain.course;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The part that a Deployment plays for its application; {@code PLAIN} is the one with the name of the manifest. */
public enum Role {
    PLAIN,
    CANARY,
    BLUE,
    GREEN;

    public static final String COLOUR = "shiplog.dev/colour";
    public static final String TRACK = "track";

    /** The value of {@link #TRACK} on pods that are no canary's. */
    public static final String STABLE = "stable";

    public boolean isColour() {
        return this == BLUE || this == GREEN;
    }

    /** Of two colours the other one; of anything else the first. */
    public Role otherColour() {
        return this == BLUE ? GREEN : BLUE;
    }

    /** The word for people and labels: {@code canary}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The label by which its pods are told from others; its value is the {@link #word()}. */
    public String label() {
        return isColour() ? COLOUR : TRACK;
    }

    /** The name of the Deployment that plays this part: {@code hello}, {@code hello-canary}. */
    public String nameOf(String workload) {
        return this == PLAIN ? workload : workload + "-" + word();
    }

    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
