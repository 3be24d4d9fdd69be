package dev.shiplog.simulation;

/** Mistakes that can be planted, one at a time, to see whether the simulation finds them. */
enum Bug {
    NONE("nothing is wrong"),
    FORGET_IDS("the application doesn't remember which commands it has carried out"),
    OFFSET_BEFORE_JOURNAL("an offset is committed when its command is handed over, not when the outcome is durable"),
    ANSWER_BEFORE_JOURNAL("the outcome is told before it is durable"),
    ACT_BEFORE_JOURNAL("clusters are asked before the events that ask them are durable"),
    SECOND_WRITER("the journal takes events of a writer that doesn't know the latest"),
    HALF_A_DECISION("the journal may keep only the first event of a decision"),
    KEEP_STATE_AFTER_FAILED_APPEND("after an append that failed the writer goes on with the state it had"),
    NO_WRITE_FENCE("objects are written without looking at their generation"),
    NO_PRECONDITION("objects are written without the version that was read"),
    OLD_WRITE_AFTER_NEW("an older write that waited goes on after a newer one"),
    TRUST_STALE_STATUS("counters are trusted before the controller has looked"),
    DONE_WHEN_WRITTEN("a rollout is done as soon as its objects are written"),
    SCALE_DOWN_DONE_EARLY("pods beyond a smaller scale are not waited for"),
    MISS_THE_MISSING("a workload that vanishes is waited for"),
    OLDER_ASSIGNMENT("a cluster takes an assignment older than its own"),
    REPORT_OF_ANY_GENERATION("a report counts whichever generation it is about"),
    PRUNE_EARLY("old configuration is removed before the new pods are there"),
    NO_REMINDER("nobody asks again for what is owed"),
    NO_RETRY("the retry after trouble is noted, and never comes"),
    FORGET_ON_RECOVERY("after a restart only new tasks are asked for"),
    TELL_ONCE("the end of a rollout is told once"),
    FORGET_LEFTOVERS("once a release has ended nobody asks whether its leftovers have gone"),
    GENERATION_STARTS_OVER("an application that was deleted counts its generations from 1 again"),
    NO_LEG_FENCE("within a generation a late write may undo a later one"),
    ROUTE_AFTER_PODS("a route gets its weights after the pods have come or gone, not before"),
    ROUTE_STAYS_DIVIDED("a route is not made whole when its weights are wanted no longer"),
    NARROW_SERVICES("Services select the version that they are written with while pods of another one serve"),
    CANARY_TOO_BIG("a canary gets two pods more than its step has room for"),
    SCALE_EVERYWHERE("a scale goes to all clusters, whichever it names"),
    LOSE_A_TIMER("the end of a pause is noted, and nobody says when it has come"),
    COMMIT_THE_LATEST("the offset behind the latest that is done is committed, though an earlier one is open"),
    LEAVE_WITH_WORK("who is leaving leaves, though work has come meanwhile, and nobody asks for it"),
    ASK_TO_STOP_ONCE("who is to leave is told so once, though it may have no room for the word"),
    KEPT_IS_DONE("a command for an application that is leaving is told as accepted, and lost"),
    LEFT_OUT_IS_DONE("a command that finds no room is told as accepted");

    private final String mistake;

    Bug(String mistake) {
        this.mistake = mistake;
    }

    String mistake() {
        return mistake;
    }
}
