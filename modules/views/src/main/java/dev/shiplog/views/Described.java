package dev.shiplog.views;

import dev.shiplog.protocol.view.RevisionView;

/**
 * A release with everything that was declared.
 *
 * @param specJson the JSON form of {@code shiplog.v1.ReleaseSpec}; the values of Secrets are still sealed
 */
public record Described(RevisionView revision, String specJson) {}
