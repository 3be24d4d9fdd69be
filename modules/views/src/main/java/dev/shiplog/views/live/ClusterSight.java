package dev.shiplog.views.live;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Observation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the clusters show now, in memory: at most one sight for each application on each cluster. What is no longer to be
 * on a cluster is forgotten when the history says so.
 */
public final class ClusterSight {

    private static final Sight UNSEEN = new Sight.Unseen();

    private final Map<String, OneCluster> clusters = new ConcurrentHashMap<>();
    private final Changes changes;
    private final InstantSource clock;

    public ClusterSight(Changes changes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
    }

    public void seen(String cluster, Observation observation) {
        put(cluster, observation.application(), new Sight.Seen(observation));
    }

    public void vanished(String cluster, ApplicationName application) {
        put(cluster, application, new Sight.Gone(clock.instant()));
    }

    public void reached(String cluster, String version) {
        var one = of(cluster);
        if (!(one.reach instanceof Reach.Reachable reachable)
                || !reachable.version().equals(version)) {
            reach(one, new Reach.Reachable(version, clock.instant()));
        }
    }

    public void lost(String cluster, Trouble trouble) {
        var one = of(cluster);
        var since = one.reach instanceof Reach.Unreachable before ? before.since() : clock.instant();
        reach(one, new Reach.Unreachable(trouble, since));
    }

    /** What is neither on the cluster any more nor meant to be; forgotten is as good as never seen. */
    public void forget(String cluster, ApplicationName application) {
        of(cluster).sights.remove(application);
    }

    public Sight of(String cluster, ApplicationName application) {
        var one = clusters.get(cluster);
        return one == null ? UNSEEN : one.sights.getOrDefault(application, UNSEEN);
    }

    /** What the other applications of the namespace have there. */
    public Stream<Observation> beside(String cluster, ApplicationName application) {
        var one = clusters.get(cluster);
        return one == null
                ? Stream.empty()
                : one.sights.entrySet().stream()
                        .filter(other -> other.getKey().namespace().equals(application.namespace()))
                        .filter(other -> !other.getKey().equals(application))
                        .map(Map.Entry::getValue)
                        .filter(Sight.Seen.class::isInstance)
                        .map(seen -> ((Sight.Seen) seen).observation());
    }

    public Instant now() {
        return clock.instant();
    }

    public Reach reach(String cluster) {
        var one = clusters.get(cluster);
        return one == null ? new Reach.Connecting() : one.reach;
    }

    private void put(String cluster, ApplicationName application, Sight sight) {
        of(cluster).sights.put(application, sight);
        changes.changed(Set.of(application));
    }

    private void reach(OneCluster one, Reach reach) {
        one.reach = reach;
        changes.changed(one.sights.keySet());
    }

    private OneCluster of(String cluster) {
        return clusters.computeIfAbsent(cluster, ignored -> new OneCluster());
    }

    private static final class OneCluster {
        private final Map<ApplicationName, Sight> sights = new ConcurrentHashMap<>();
        private volatile Reach reach = new Reach.Connecting();
    }
}
