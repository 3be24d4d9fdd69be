package dev.shiplog.domain.course;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands on a cluster at one moment of a rollout.
 *
 * @param serving whose pods the Services select; {@code PLAIN}: as the manifest says, which is the canary's pods too
 * @param shared whose version of everything but the pods (Services, accounts, …) is written
 */
public record Layout(SortedMap<Role, Side> sides, Optional<Role> serving, Content shared, Traffic traffic) {

    /** Nothing. */
    public static final Layout NONE = new Layout(new TreeMap<>(), Optional.empty(), Content.NEW);

    public Layout {
        sides = Collections.unmodifiableSortedMap(new TreeMap<>(sides));
    }

    public Layout(SortedMap<Role, Side> sides, Optional<Role> serving, Content shared) {
        this(sides, serving, shared, Traffic.AS_WRITTEN);
    }

    /** One Deployment, rolled over in place. */
    public static Layout plain(Optional<Integer> replicas) {
        return new Layout(
                new TreeMap<>(Map.of(Role.PLAIN, new Side(Content.NEW, replicas))),
                Optional.of(Role.PLAIN),
                Content.NEW);
    }

    /** A canary of any number of pods beside the last good release. */
    public static Layout canary(boolean widened) {
        var any = Optional.<Integer>empty();
        return new Layout(
                new TreeMap<>(Map.of(Role.PLAIN, new Side(Content.GOOD, any), Role.CANARY, new Side(Content.NEW, any))),
                Optional.of(Role.PLAIN),
                Content.GOOD,
                Traffic.AS_WRITTEN.widening(widened));
    }

    public Optional<Side> side(Role role) {
        return Optional.ofNullable(sides.get(role));
    }

    public boolean has(Role role) {
        return sides.containsKey(role);
    }

    public Layout with(Role role, Side side) {
        var changed = new TreeMap<>(sides);
        changed.put(role, side);
        return new Layout(changed, serving, shared, traffic);
    }

    public Layout without(Role role) {
        var changed = new TreeMap<>(sides);
        changed.remove(role);
        return new Layout(changed, serving, shared, traffic);
    }

    public Layout only(Role role) {
        var changed = new TreeMap<Role, Side>();
        side(role).ifPresent(side -> changed.put(role, side));
        return new Layout(changed, serving, shared, traffic);
    }

    /** The same, without what no release knows that matters now. */
    Layout withoutOthers() {
        var changed = new TreeMap<>(sides);
        changed.values().removeIf(side -> side.content() == Content.OTHER);
        return new Layout(changed, serving, shared, traffic);
    }

    public Layout serving(Role role, Content objects) {
        return new Layout(sides, Optional.of(role), objects, traffic);
    }

    /** The same, with requests divided in another way; Services stay as wide as they are. */
    Layout carrying(Traffic other) {
        return new Layout(sides, serving, shared, other.widening(traffic.widened()));
    }

    /** The same, with Services that select former pods too, or as they are written. */
    public Layout widened(boolean toFormerPods) {
        return new Layout(sides, serving, shared, traffic.widening(toFormerPods));
    }

    /** The same, without anything that a canary's strategy adds to the numbers of pods. */
    public Layout undivided() {
        return carrying(Traffic.AS_WRITTEN);
    }

    /** The same, with the route as its owner wrote it. */
    public Layout unweighted() {
        return carrying(traffic.unweighted());
    }

    /** Whether the next layout replaces, under the same name, pods that users are served by. */
    boolean isReplacedBy(Layout next) {
        var role = next.serving;
        boolean inPlace = serving.isEmpty() || serving.equals(role);
        var content = role.flatMap(next::side).map(Side::content);
        return inPlace
                && content.isPresent()
                && !role.flatMap(this::side).map(Side::content).equals(content);
    }

    /** Whether the two differ in numbers of pods at most. */
    public boolean hasSameParts(Layout other) {
        return serving.equals(other.serving)
                && shared == other.shared
                && traffic.equals(other.traffic)
                && sides.keySet().equals(other.sides.keySet())
                && sides.entrySet().stream()
                        .allMatch(side -> other.side(side.getKey())
                                .filter(same ->
                                        same.content() == side.getValue().content())
                                .isPresent());
    }

    /** The same, seen from a release that comes after the one that was on its way: no weight is its own any more. */
    public Layout superseded() {
        return renamed(Content.NEW, Content.OTHER).unweighted();
    }

    /** The same, when the release on its way is to go back: its canary, which it knows, shrinks. */
    public Layout aborted() {
        var other = superseded();
        return side(Role.CANARY).map(canary -> other.with(Role.CANARY, canary)).orElse(other);
    }

    /** The same, without copies of the last good release that serve nobody, beside the one that does. */
    public Layout withoutCopies() {
        boolean isServed = serving.flatMap(this::side)
                .filter(side -> side.content() == Content.GOOD)
                .isPresent();
        var changed = new TreeMap<>(sides);
        changed.entrySet()
                .removeIf(side -> isServed
                        && side.getValue().content() == Content.GOOD
                        && !serving.equals(Optional.of(side.getKey())));
        return new Layout(changed, serving, shared, traffic);
    }

    /** The same, once the release that was on its way is the last good one. */
    public Layout completed() {
        return renamed(Content.NEW, Content.GOOD).undivided().widened(false);
    }

    private Layout renamed(Content from, Content to) {
        var changed = new TreeMap<Role, Side>();
        sides.forEach((role, side) -> changed.put(role, side.content() == from ? new Side(to, side.replicas()) : side));
        return new Layout(changed, serving, shared == from ? to : shared, traffic);
    }
}
