package dev.shiplog.simulation;

import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.rollout.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked of a cluster for an application, for as long as it may still act on it: until something later has been
 * written there for a while.
 */
final class InForce {

    /** Longer than a cluster goes on with what it was asked before. */
    private static final long RECENTLY_MILLIS = 120_000;

    private static final long NOT_YET = Long.MAX_VALUE;

    /**
     * @param podsBefore that were there when it was asked, or were to be
     * @param good what served everybody then
     * @param takesOver whether there was a canary or a colour then, of a release that this one puts an end to, or in other
     *     numbers
     */
    record Asked(Assignment assignment, Optional<Assignment> good, int podsBefore, boolean takesOver) {}

    /** @param outdatedMillis when something later was first written */
    private record Entry(Asked asked, long outdatedMillis) {}

    private final Map<String, List<Entry>> entries = new HashMap<>();

    /**
     * @param isOneOfSeveral whether there are more Deployments than the plain one, its own canary as well
     * @param hasFormer whether there are some of another release
     */
    void assigned(
            String place,
            Assignment assignment,
            Optional<Assignment> good,
            int podsBefore,
            boolean isOneOfSeveral,
            boolean hasFormer) {
        var all = entries.computeIfAbsent(place, absent -> new ArrayList<>());
        boolean takesOver = hasFormer
                || (all.isEmpty() ? isOneOfSeveral : takesOver(all.getLast().asked(), assignment, isOneOfSeveral));
        all.add(new Entry(new Asked(assignment, good, podsBefore, takesOver), NOT_YET));
    }

    private static boolean takesOver(Asked before, Assignment assignment, boolean isOneOfSeveral) {
        boolean isSame = before.assignment().revision() == assignment.revision()
                && !assignment.directions().aborting();
        boolean isScaled = !before.assignment().objects().equals(assignment.objects());
        if (!isSame) {
            return isOneOfSeveral;
        }
        return isScaled ? isOneOfSeveral || assignment.strategy() instanceof Canary : before.takesOver();
    }

    void applied(String place, long nowMillis) {
        var all = entries.getOrDefault(place, List.of());
        for (int i = 0; i < all.size() - 1; i++) {
            var entry = all.get(i);
            if (entry.outdatedMillis() == NOT_YET) {
                all.set(i, new Entry(entry.asked(), nowMillis));
            }
        }
    }

    /** The latest is the last. */
    List<Asked> at(String place, long nowMillis) {
        return entries.getOrDefault(place, List.of()).stream()
                .filter(entry ->
                        entry.outdatedMillis() == NOT_YET || nowMillis - entry.outdatedMillis() < RECENTLY_MILLIS)
                .map(Entry::asked)
                .toList();
    }
}
