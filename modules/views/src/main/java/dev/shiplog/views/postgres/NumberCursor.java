package dev.shiplog.views.postgres;

/** Where a page ended that is in the order of a number. */
final class NumberCursor {

    private NumberCursor() {}

    static long parse(String text, long first) {
        try {
            return text.isEmpty() ? first : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not where a page ended: it would be a number", e);
        }
    }
}
