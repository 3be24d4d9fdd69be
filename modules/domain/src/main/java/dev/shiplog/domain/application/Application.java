package dev.shiplog.domain.application;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.release.Release;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An application as its events have made it.
 *
 * @param generation grows with everything that is asked of a cluster, and never shrinks: the fence
 * @param releases every revision there ever was
 * @param progress how each release stands on each of its clusters
 * @param targets what each cluster is to run, by cluster name
 * @param outcomes of the latest commands, eldest first: {@link #REMEMBERED_COMMANDS} and up to a chunk more
 */
public record Application(
        int generation,
        SortedMap<Integer, Release> releases,
        SortedMap<Integer, ReleaseProgress> progress,
        SortedMap<String, Target> targets,
        Map<CommandId, Outcome> outcomes) {

    /**
     * So many commands of one application, the latest at least, are told apart from repetitions of themselves; one that
     * is repeated after as many others is a new command. It is part of what the events mean, so no setting: a smaller one
     * would read old histories differently.
     */
    public static final int REMEMBERED_COMMANDS = 256;

    public static final Application NONE =
            new Application(0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), LatestOutcomes.NONE);

    public Application {
        releases = Collections.unmodifiableSortedMap(releases);
        progress = Collections.unmodifiableSortedMap(progress);
        targets = Collections.unmodifiableSortedMap(targets);
        outcomes = LatestOutcomes.of(outcomes);
    }

    /** Whether there is anything of it on a cluster, or shall be. */
    public boolean exists() {
        return !targets.isEmpty();
    }

    /** Whether something is on its way to a cluster; else at most what has ended leaves something to delete. */
    public boolean isUnderWay() {
        return targets.values().stream().anyMatch(Target::isUnderWay);
    }

    /** The newest revision; 0 if there is none. */
    public int revision() {
        return releases.isEmpty() ? 0 : releases.lastKey();
    }

    public Optional<Release> release(int revision) {
        return Optional.ofNullable(releases.get(revision));
    }

    /** How a release stands over all its clusters; one that never was is in progress for ever. */
    public ReleaseResult result(int revision) {
        var standing = progress.get(revision);
        return standing == null ? ReleaseResult.IN_PROGRESS : standing.result();
    }

    /** How a release stands on one cluster; one that never went there is in progress for ever. */
    ReleaseResult result(int revision, String cluster) {
        var standing = progress.get(revision);
        return standing == null
                ? ReleaseResult.IN_PROGRESS
                : standing.clusters().getOrDefault(cluster, ReleaseResult.IN_PROGRESS);
    }

    Application withRelease(Release release, ReleaseProgress standing) {
        var changed = new TreeMap<>(releases);
        changed.put(release.revision(), release);
        return new Application(generation, changed, with(progress, release.revision(), standing), targets, outcomes);
    }

    Application withGeneration(int newer) {
        return new Application(Math.max(generation, newer), releases, progress, targets, outcomes);
    }

    Application withTarget(Target target) {
        return new Application(
                generation, releases, progress, with(targets, target.cluster().name(), target), outcomes);
    }

    Application withoutTarget(String cluster) {
        var rest = new TreeMap<>(targets);
        rest.remove(cluster);
        return new Application(generation, releases, progress, rest, outcomes);
    }

    Application withTargets(Iterable<String> clusters, UnaryOperator<Target> change) {
        var changed = this;
        for (var cluster : clusters) {
            var target = changed.targets.get(cluster);
            if (target != null) {
                changed = changed.withTarget(change.apply(target));
            }
        }
        return changed;
    }

    Application withProgress(int revision, UnaryOperator<ReleaseProgress> change) {
        var standing = progress.get(revision);
        return standing == null
                ? this
                : new Application(
                        generation, releases, with(progress, revision, change.apply(standing)), targets, outcomes);
    }

    /** What the command was told by its first event stands; what came of it further, such as a revision, is told as well. */
    Application remembering(CommandId id, Outcome outcome, boolean isFurther) {
        var told = outcomes.get(id);
        if (told != null && !isFurther) {
            return this;
        }
        var all = told instanceof Outcome.Accepted first && outcome instanceof Outcome.Accepted further
                ? new Outcome.Accepted(
                        first.revision() == 0 ? further.revision() : first.revision(),
                        first.message() + "; " + further.message(),
                        Stream.concat(first.revisions().stream(), further.revisions().stream())
                                .toList())
                : outcome;
        return new Application(
                generation,
                releases,
                progress,
                targets,
                LatestOutcomes.of(outcomes).with(id, all));
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> with(Map<K, V> map, K key, V value) {
        var changed = new TreeMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
