package dev.shiplog.localcluster.deployment;

import tools.jackson.databind.JsonNode;

/** A count, or a percentage of one: {@code 1} or {@code 25%}. */
public record IntOrPercent(int value, boolean percent) {

    public static IntOrPercent count(int value) {
        return new IntOrPercent(value, false);
    }

    public static IntOrPercent percent(int value) {
        return new IntOrPercent(value, true);
    }

    public static IntOrPercent of(JsonNode node, IntOrPercent otherwise) {
        if (node.isIntegralNumber()) {
            return count(node.intValue());
        }
        String text = node.asString("");
        return text.endsWith("%") ? percent(Integer.parseInt(text.substring(0, text.length() - 1))) : otherwise;
    }

    /** 25% of 10 is 3. */
    public int roundedUp(int of) {
        return percent ? Math.ceilDiv(value * of, 100) : value;
    }

    /** 25% of 10 is 2. */
    public int roundedDown(int of) {
        return percent ? Math.floorDiv(value * of, 100) : value;
    }
}
