package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;

/** An application on a cluster. */
public record Place(ApplicationName application, String cluster) {}
