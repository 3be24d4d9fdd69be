package dev.shiplog.views.postgres;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.views.history.Place;

/** Where a page of rollouts ended, {@code NAMESPACE/NAME@CLUSTER}. */
final class RolloutCursor {

    private RolloutCursor() {}

    static String of(Place place) {
        return place.application() + "@" + place.cluster();
    }

    static Place parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not where a page of rollouts ended");
        }
        return new Place(ApplicationName.parse(text.substring(0, at)), text.substring(at + 1));
    }
}
