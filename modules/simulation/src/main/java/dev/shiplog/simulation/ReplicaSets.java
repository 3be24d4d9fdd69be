package dev.shiplog.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a Deployment by the template that they are of, and the arithmetic by which Kubernetes moves them: a rolling
 * update within its bounds, or everything at once, and a change of scale, of which in the middle of a rollout each takes
 * its share.
 */
final class ReplicaSets {

    /** How far a rolling update may go to either side of what is wanted. */
    record Bounds(int wanted, int surge, int unavailable) {
        int most() {
            return wanted + surge;
        }

        int fewest() {
            return wanted - unavailable;
        }
    }

    /** Pods of one template. Those that aren't ready go first. */
    private static final class ReplicaSet {
        final PodTemplate template;
        int pods;
        int ready;

        /** The bounds when its size was last set: the base of its share. */
        int notedWanted = -1;

        int notedMost;

        ReplicaSet(PodTemplate template) {
            this.template = template;
        }
    }

    /** The eldest first. */
    private final Map<String, ReplicaSet> byTemplate = new LinkedHashMap<>();

    boolean isEmpty() {
        return byTemplate.isEmpty();
    }

    boolean knows(PodTemplate template) {
        return byTemplate.containsKey(template.text());
    }

    int pods() {
        return byTemplate.values().stream().mapToInt(set -> set.pods).sum();
    }

    int pods(PodTemplate template) {
        var set = byTemplate.get(template.text());
        return set == null ? 0 : set.pods;
    }

    int ready() {
        return byTemplate.values().stream().mapToInt(set -> set.ready).sum();
    }

    int ready(Map<String, String> selector) {
        return byTemplate.values().stream()
                .filter(set -> set.ready > 0 && set.template.isSelectedBy(selector))
                .mapToInt(set -> set.ready)
                .sum();
    }

    /** What the pods that are there mount. */
    Set<String> mounted() {
        var mounted = new TreeSet<String>();
        active().forEach(set -> mounted.addAll(set.template.configs()));
        return mounted;
    }

    /** One more pod becomes ready, if any can. */
    boolean becomeReady(Set<String> configsThere) {
        for (var set : byTemplate.values()) {
            boolean canRun = !set.template.text().contains(SimulatedDeployment.BAD_IMAGE)
                    && configsThere.containsAll(set.template.configs());
            if (set.ready < set.pods && canRun) {
                set.ready++;
                return true;
            }
        }
        return false;
    }

    // ---- scaling

    /** Whether one still has the size that was asked for before. */
    boolean isScaleDue(int wanted) {
        return active().stream().anyMatch(set -> set.notedWanted != wanted);
    }

    /** Whether each took its share, whichever pods are ready: then fewer may serve than a rolling update would leave. */
    boolean scale(Bounds bounds, boolean rolling, PodTemplate template) {
        var fresh = byTemplate.get(template.text());
        var active = active();
        if (active.size() <= 1) {
            var alone = active.isEmpty() ? fresh == null ? newest() : fresh : active.getFirst();
            if (alone != null && alone.pods != bounds.wanted()) {
                resize(alone, bounds.wanted(), bounds);
            }
        } else if (isSaturated(fresh, bounds.wanted())) {
            active.stream().filter(set -> set != fresh).forEach(set -> resize(set, 0, bounds));
        } else if (rolling) {
            share(bounds, active);
            return true;
        }
        return false;
    }

    private static boolean isSaturated(@Nullable ReplicaSet fresh, int wanted) {
        return fresh != null && fresh.pods == wanted && fresh.notedWanted == wanted && fresh.ready == wanted;
    }

    private @Nullable ReplicaSet newest() {
        ReplicaSet newest = null;
        for (var set : byTemplate.values()) {
            newest = set;
        }
        return newest;
    }

    private static void share(Bounds bounds, List<ReplicaSet> active) {
        int total = active.stream().mapToInt(set -> set.pods).sum();
        int toAdd = (bounds.wanted() > 0 ? bounds.most() : 0) - total;
        var ordered = new ArrayList<>(toAdd > 0 ? active.reversed() : active);
        ordered.sort(Comparator.comparingInt((ReplicaSet set) -> set.pods).reversed());
        var sizes = new ArrayList<Integer>();
        int added = 0;
        for (var set : ordered) {
            int share = toAdd == added ? 0 : share(bounds, set, total);
            share = toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
            added += share;
            sizes.add(set.pods + share);
        }
        sizes.set(0, Math.max(0, sizes.getFirst() + toAdd - added));
        for (int i = 0; i < sizes.size(); i++) {
            resize(ordered.get(i), sizes.get(i), bounds);
        }
    }

    private static int share(Bounds bounds, ReplicaSet set, int total) {
        if (bounds.wanted() == 0) {
            return -set.pods;
        }
        int before = set.notedMost == 0 ? total : set.notedMost;
        return (int) Math.round((double) set.pods * bounds.most() / before) - set.pods;
    }

    // ---- rolling out

    /** The next step; the new grows as far as the surge lets it, and only when it can't the old shrink. */
    boolean roll(Bounds bounds, PodTemplate template) {
        boolean isNew = !knows(template);
        var fresh = of(template);
        int size = fresh.pods >= bounds.wanted()
                ? bounds.wanted()
                : fresh.pods + Math.max(0, Math.min(bounds.most() - pods(), bounds.wanted() - fresh.pods));
        if (size != fresh.pods) {
            resize(fresh, size, bounds);
            return true;
        }
        return shrink(bounds, fresh) || isNew;
    }

    private boolean shrink(Bounds bounds, ReplicaSet fresh) {
        var old = active();
        old.remove(fresh);
        int mayGo = pods() - bounds.fewest() - (fresh.pods - fresh.ready);
        if (old.isEmpty() || mayGo <= 0) {
            return false;
        }
        int spare = ready() - bounds.fewest();
        boolean changed = false;
        for (var set : old) {
            int broken = Math.min(mayGo, set.pods - set.ready);
            mayGo -= broken;
            changed |= drop(set, broken, bounds);
        }
        for (var set : old) {
            int gone = Math.max(0, Math.min(spare, set.pods));
            spare -= gone;
            changed |= drop(set, gone, bounds);
        }
        return changed;
    }

    private static boolean drop(ReplicaSet set, int count, Bounds bounds) {
        if (count > 0) {
            resize(set, set.pods - count, bounds);
        }
        return count > 0;
    }

    /** Everything old goes, then everything new comes. */
    boolean recreate(Bounds bounds, PodTemplate template) {
        var old = active();
        old.remove(byTemplate.get(template.text()));
        if (!old.isEmpty()) {
            old.forEach(set -> resize(set, 0, bounds));
            return true;
        }
        boolean isNew = !knows(template);
        var fresh = of(template);
        boolean changed = isNew || fresh.pods != bounds.wanted();
        resize(fresh, bounds.wanted(), bounds);
        return changed;
    }

    private ReplicaSet of(PodTemplate template) {
        return byTemplate.computeIfAbsent(template.text(), absent -> new ReplicaSet(template));
    }

    private static void resize(ReplicaSet set, int pods, Bounds bounds) {
        set.pods = pods;
        set.ready = Math.min(set.ready, pods);
        set.notedWanted = bounds.wanted();
        set.notedMost = bounds.most();
    }

    private List<ReplicaSet> active() {
        var active = new ArrayList<ReplicaSet>();
        byTemplate.values().stream().filter(set -> set.pods > 0).forEach(active::add);
        return active;
    }
}
