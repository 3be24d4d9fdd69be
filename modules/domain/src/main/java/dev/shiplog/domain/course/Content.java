package dev.shiplog.domain.course;

/** Whose pods a side runs. */
public enum Content {
    /** The last release that was completed here. */
    GOOD,
    /** The release that is on its way. */
    NEW,
    /** A release that is wanted no longer; stands as it was written and is not written again. */
    OTHER
}
