package dev.shiplog.views;

import dev.shiplog.domain.fleet.LabelSelector;
import java.util.Optional;

/**
 * Which applications are asked for.
 *
 * @param cluster only what is on it, or shall be
 * @param labels of the application's workloads
 */
public record Filter(Optional<String> namespace, Optional<String> cluster, LabelSelector labels) {

    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), LabelSelector.ALL);
}
