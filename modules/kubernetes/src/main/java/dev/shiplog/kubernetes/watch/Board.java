package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.engine.cluster.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a cluster shows, by application, and what is due: to be told or to be explained. Knows no threads and
 * no clock; whoever drives it does so from one thread at a time.
 *
 * <p>Only applications that were touched or whose alarm has come are looked at, so that a change costs the same however
 * many applications there are.
 */
public final class Board {

    /** What is due. */
    public sealed interface Due {

        record Tell(Sighting sighting) implements Due {}

        /** The pods of these Deployments are to be looked at, and {@link Board#explained} to be told. */
        record Explain(ApplicationName application, List<String> workloads) implements Due {}
    }

    private final String cluster;
    private final Map<ObjectId, ApplicationName> owners = new HashMap<>();
    private final Map<ApplicationName, ShownApplication> applications = new HashMap<>();
    private final Map<ObjectId, Written> written = new HashMap<>();
    private final Map<Place, Long> passed = new HashMap<>();
    private final Set<ApplicationName> touched = new HashSet<>();
    private final Map<ApplicationName, Instant> alarms = new HashMap<>();
    private final NavigableSet<Alarm> byTime =
            new TreeSet<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::application));

    /** When an application is to be looked at again. */
    private record Alarm(Instant at, ApplicationName application) {}

    /** What a watch tells of in order; up to a version it has passed everything that is to be told of there. */
    private record Place(WatchedKind kind, String namespace) {
        static Place of(ObjectId id) {
            return new Place(id.kind(), id.namespace());
        }
    }

    /** What our own write has made of an object: what the watch says of an older version is out of date. */
    private record Written(long version, Instant at) {}

    public Board(String cluster) {
        this.cluster = cluster;
    }

    /** All objects of a kind, in one namespace or in all; others of the kind are gone. Every application is told anew. */
    void listed(WatchedKind kind, Optional<String> namespace, Listing listing, Instant at) {
        // Versions don't count here: a cluster that has lost its memory begins anew with low ones.
        written.values().removeIf(write -> write.at().isBefore(listing.askedAt()));
        passed.keySet()
                .removeIf(place -> place.kind() == kind
                        && namespace.map(place.namespace()::equals).orElse(true));
        listing.objects().keySet().forEach(id -> passed.put(Place.of(id), listing.version()));
        var gone = new HashSet<>(owners.keySet());
        gone.removeIf(id -> id.kind() != kind
                || listing.objects().containsKey(id)
                || written.containsKey(id)
                || !namespace.map(id.namespace()::equals).orElse(true));
        gone.forEach(id -> hide(id, at));
        listing.objects().forEach((id, shown) -> {
            if (!written.containsKey(id)) {
                show(id, shown, at);
            }
            shownApplication(shown.application()).tellAgain();
        });
    }

    /**
     * The watch says how an object is now; empty: gone.
     *
     * @param version 0 where it is no number: then it counts as newer than anything
     */
    void changed(ObjectId id, Optional<Shown> shown, long version, Instant at) {
        passed.merge(Place.of(id), version, Math::max);
        var write = written.get(id);
        if (write != null && version != 0 && version < write.version()) {
            return;
        }
        written.remove(id);
        if (shown.isPresent()) {
            show(id, shown.get(), at);
        } else {
            hide(id, at);
        }
    }

    /**
     * An object as our own write has left it. Shown at once, so that nobody who is told "written" finds an older state
     * here because the watch is late. If it is the answer that is late, and the watch has gone on from there, what the
     * watch has told stands: there may be nothing further to come that would mend it.
     */
    void written(ObjectId id, Shown shown, long version, Instant at) {
        boolean isLate = version != 0 && version <= passed.getOrDefault(Place.of(id), 0L);
        var before = written.get(id);
        if (!isLate && (before == null || version > before.version())) {
            written.put(id, new Written(version, at));
            show(id, shown, at);
        }
    }

    private void show(ObjectId id, Shown shown, Instant at) {
        var before = owners.put(id, shown.application());
        if (before != null && !before.equals(shown.application())) {
            shownApplication(before).hide(id, at);
        }
        shownApplication(shown.application()).show(id, shown, at);
    }

    private void hide(ObjectId id, Instant at) {
        var owner = owners.remove(id);
        if (owner != null) {
            shownApplication(owner).hide(id, at);
        }
    }

    private ShownApplication shownApplication(ApplicationName name) {
        touched.add(name);
        return applications.computeIfAbsent(name, absent -> new ShownApplication(absent, cluster));
    }

    /** The application is told again, also if there is nothing of it. */
    public void look(ApplicationName application) {
        shownApplication(application).look();
    }

    public void explained(ApplicationName application, List<Trouble> troubles, Instant at) {
        if (applications.containsKey(application)) {
            shownApplication(application).explained(troubles, at);
        }
    }

    public List<Due> due(Instant at) {
        setAlarms(at);
        var names = new TreeSet<ApplicationName>();
        while (!byTime.isEmpty() && !byTime.first().at().isAfter(at)) {
            var name = byTime.removeFirst().application();
            alarms.remove(name);
            names.add(name);
        }
        var due = new ArrayList<Due>();
        for (var name : names) {
            var shown = shownApplication(name);
            var workloads = shown.toExplain(at);
            if (!workloads.isEmpty()) {
                due.add(new Due.Explain(name, workloads));
            }
            var sighting = shown.toTell(at);
            sighting.map(Due.Tell::new).ifPresent(due::add);
            if (sighting.filter(Sighting.Vanished.class::isInstance).isPresent() && shown.isForgotten()) {
                applications.remove(name);
            }
        }
        return due;
    }

    /** When something will be due, should nothing happen until then. */
    public Optional<Instant> next(Instant at) {
        setAlarms(at);
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
    }

    private void setAlarms(Instant at) {
        for (var name : touched) {
            var before = alarms.remove(name);
            if (before != null) {
                byTime.remove(new Alarm(before, name));
            }
            var shown = applications.get(name);
            if (shown != null) {
                shown.next(at).ifPresent(time -> {
                    alarms.put(name, time);
                    byTime.add(new Alarm(time, name));
                });
            }
        }
        touched.clear();
    }
}
