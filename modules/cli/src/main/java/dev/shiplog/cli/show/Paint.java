package dev.shiplog.cli.show;

import dev.shiplog.protocol.view.Phase;

/** Colours and signs. The signs are there without colours too, so that nothing is told by colour alone. */
public enum Paint {
    PLAIN,
    COLOURED;

    public String good(String text) {
        return in("32", text);
    }

    public String bad(String text) {
        return in("31", text);
    }

    public String busy(String text) {
        return in("36", text);
    }

    public String held(String text) {
        return in("33", text);
    }

    public String faint(String text) {
        return in("2", text);
    }

    public String strong(String text) {
        return in("1", text);
    }

    public String phase(Phase phase) {
        return switch (phase) {
            case Healthy -> good("✔ Healthy");
            case Progressing -> busy("◌ Progressing");
            case Paused -> held("॥ Paused");
            case Degraded -> bad("✖ Degraded");
        };
    }

    /** How a revision ended, with its sign. */
    public String outcome(String outcome) {
        return switch (outcome) {
            case "Completed" -> good("✔ " + outcome);
            case "Failed", "Aborted" -> bad("✖ " + outcome);
            case "InProgress" -> busy("◌ " + outcome);
            case "Superseded", "Removed", "Deleted" -> faint("  " + outcome);
            default -> outcome;
        };
    }

    public String clusterState(String state) {
        return switch (state) {
            case "Reachable" -> good("✔ " + state);
            case "Unreachable" -> bad("✖ " + state);
            default -> busy("◷ " + state);
        };
    }

    private String in(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
