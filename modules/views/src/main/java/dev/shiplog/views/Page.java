package dev.shiplog.views;

import java.util.List;
import java.util.Optional;

/**
 * Some of many.
 *
 * @param next where the rest begins; empty where there is none
 */
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }
}
