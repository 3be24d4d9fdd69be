package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.journal.ChainVerifier;
import dev.shiplog.journal.Entry;
import dev.shiplog.journal.Journal;
import dev.shiplog.protocol.Events;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the journal says, read from the database itself and folded by the rules alone; it grows with each reading. */
final class History {

    private static final int BATCH = 5_000;
    private static final RolloutDecider ROLLOUTS = new RolloutDecider();

    private final SortedMap<String, Application> applications = new TreeMap<>();
    private final SortedMap<String, Rollout> rollouts = new TreeMap<>();
    private final Effects effects = new Effects();
    private final Endings endings = new Endings();
    private final List<String> entries = new ArrayList<>();
    private final TreeSet<String> streams = new TreeSet<>();
    private long position;

    /** All of it, read anew. */
    static History of(Database database) throws SQLException {
        var history = new History();
        try (var journal = database.journal()) {
            history.read(journal);
        }
        return history;
    }

    /** Takes in what is new since the last time. */
    void read(Journal journal) throws SQLException {
        for (var batch = journal.feed().after(position, BATCH);
                !batch.isEmpty();
                batch = journal.feed().after(position, BATCH)) {
            batch.forEach(this::fold);
            position = batch.getLast().position();
        }
    }

    private void fold(Entry entry) {
        streams.add(entry.stream());
        entries.add(entry.stream() + "#" + entry.sequenceNumber() + " "
                + entry.event().hash().hex());
        switch (Events.decode(entry.event().bytes())) {
            case Events.Stored.OfApplication stored -> fold(entry.stream(), stored.recorded());
            case Events.Stored.OfRollout stored ->
                rollouts.compute(
                        entry.stream().substring("rollout/".length()),
                        (place, before) -> ROLLOUTS.evolve(before == null ? Rollout.NONE : before, stored.recorded()));
        }
    }

    private void fold(String stream, Recorded<ApplicationEvent> recorded) {
        if (recorded.principal().proof() != Principal.Proof.SHIPLOG) {
            effects.fold(stream, recorded);
        }
        var name = stream.substring("application/".length());
        var after = evolved(name, recorded);
        applications.put(name, after);
        endings.fold(name, recorded.event(), after);
    }

    private Application evolved(String name, Recorded<ApplicationEvent> recorded) {
        var before = application(name);
        if (recorded.event() instanceof ApplicationEvent.ReleaseCreated created
                && created.release().revision() != before.revision() + 1) {
            throw new AssertionError(name + " went from revision " + before.revision() + " to "
                    + created.release().revision());
        }
        return new ApplicationDecider(ApplicationName.parse(name)).evolve(before, recorded);
    }

    /** Every event, in the order of the commits: its stream, its number there, and its hash. */
    List<String> entries() {
        return List.copyOf(entries);
    }

    int length() {
        return entries.size();
    }

    /** The first event that somebody saw here and that isn't here any more, or not at its place. */
    Optional<String> vanished(List<String> seen) {
        for (int event = 0; event < seen.size(); event++) {
            if (event >= entries.size() || !entries.get(event).equals(seen.get(event))) {
                return Optional.of("event " + event + " of " + seen.size() + " was " + seen.get(event)
                        + (event < entries.size() ? " and is " + entries.get(event) : " and is gone"));
            }
        }
        return Optional.empty();
    }

    Effects effects() {
        return effects;
    }

    Endings endings() {
        return endings;
    }

    /** Those that ever were, by {@code namespace/name}. */
    SortedMap<String, Application> applications() {
        return Collections.unmodifiableSortedMap(applications);
    }

    Application application(String name) {
        return applications.getOrDefault(name, Application.NONE);
    }

    /** What the cluster has said that it did for the application. */
    Rollout rollout(String cluster, String name) {
        return rollouts.getOrDefault(cluster + "/" + name, Rollout.NONE);
    }

    /** Where what a cluster carries out is not what the application asks of it; empty when the two agree. */
    Optional<String> disagreement() {
        for (var application : applications.entrySet()) {
            var decider = new ApplicationDecider(ApplicationName.parse(application.getKey()));
            for (var cluster : application.getValue().targets().keySet()) {
                var asked = decider.assignment(application.getValue(), cluster);
                var carried = rollout(cluster, application.getKey()).assignment();
                if (!carried.equals(Optional.of(asked))) {
                    return Optional.of(cluster + " is asked for " + asked + " and carries out " + carried);
                }
            }
        }
        return Optional.empty();
    }

    /** The first thing that is still to come to rest: completed, or back from where it was aborted. */
    Optional<String> unsettled() {
        for (var application : applications.entrySet()) {
            for (var target : application.getValue().targets().values()) {
                boolean isGood = target.standing() instanceof Target.Standing.Completed
                        || target.standing() instanceof Target.Standing.Aborted;
                if (!isGood || target.isOwed() || target.paused()) {
                    return Optional.of(application.getKey() + " on "
                            + target.cluster().name() + " is " + target.standing()
                            + (target.paused() ? " and paused" : "") + ", generation " + target.generation()
                            + ", its rollout "
                            + rollout(target.cluster().name(), application.getKey())
                                    .stage());
                }
            }
        }
        return endings.open().stream().findFirst().map(release -> release + " has not ended");
    }

    /** By cluster, the images that the users of each Service are to get, as the application alone says. */
    SortedMap<String, SortedMap<String, List<String>>> usersImages() {
        var all = new TreeMap<String, SortedMap<String, List<String>>>();
        applications
                .values()
                .forEach(application -> application.targets().forEach((cluster, target) -> {
                    var release = application
                            .release(target.serving().revision().orElseThrow())
                            .orElseThrow();
                    release.spec().objects().stream()
                            .filter(object -> object.kind().equals("Service"))
                            .forEach(service -> all.computeIfAbsent(cluster, first -> new TreeMap<>())
                                    .put(
                                            service.name(),
                                            Rendering.images(release.spec().objects())));
                }));
        return all;
    }

    /** The first broken chain of hashes; empty when all are whole. */
    Optional<String> brokenChain(Database database) {
        try (var journal = database.journal()) {
            return streams.stream()
                    .flatMap(stream -> ChainVerifier.verify(journal, stream).stream())
                    .map(ChainVerifier.Break::toString)
                    .findFirst();
        }
    }
}
