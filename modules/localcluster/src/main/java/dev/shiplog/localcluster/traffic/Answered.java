package dev.shiplog.localcluster.traffic;

/**
 * How requests were answered.
 *
 * @param requests all of them
 * @param errors those of them that got 500 or above
 */
public record Answered(long requests, long errors) {
    static final Answered NONE = new Answered(0, 0);

    Answered plus(int status) {
        return new Answered(requests + 1, errors + (status >= 500 ? 1 : 0));
    }
}
