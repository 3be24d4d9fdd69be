package dev.shiplog.engine.stream;

/**
 * A stream folded up to an event.
 *
 * @param length how many events there are
 * @param lastHash of the last one
 */
public record Folded<S>(S state, long length, Hash lastHash) {}
