package dev.shiplog.domain.course;

/**
 * What people have said about a rollout on its way.
 *
 * @param promotedThrough the pauses of steps before this one are over
 * @param straight no steps: as fast as is safe
 * @param aborting back to the last good release
 */
public record Directions(int promotedThrough, boolean straight, boolean aborting) {

    /** Take each step in its turn. */
    public static final Directions NONE = new Directions(0, false, false);

    public static final Directions STRAIGHT = new Directions(0, true, false);

    public Directions promoted(int through) {
        return new Directions(Math.max(promotedThrough, through), straight, aborting);
    }

    public Directions full() {
        return new Directions(promotedThrough, true, aborting);
    }

    public Directions abort() {
        return new Directions(promotedThrough, straight, true);
    }
}
