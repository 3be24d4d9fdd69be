package dev.shiplog.acceptance.kills;

import dev.shiplog.acceptance.kills.Fleet.Deployed;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.journal.ChainVerifier;
import dev.shiplog.journal.Entry;
import dev.shiplog.journal.Journal;
import dev.shiplog.protocol.Events;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the journal says, read from the database itself and folded by the rules alone; it grows with each reading. */
final class History {

    private static final int BATCH = 5_000;

    private final Map<String, Application> applications = new TreeMap<>();
    private final Map<CommandId, Set<String>> decisions = new HashMap<>();
    private final List<String> hashes = new ArrayList<>();
    private final TreeSet<String> streams = new TreeSet<>();
    private long position;

    /** Takes in what is new since the last time. */
    void read(String jdbcUrl) throws SQLException {
        try (var journal = Journal.open(jdbcUrl)) {
            for (var batch = journal.feed().after(position, BATCH);
                    !batch.isEmpty();
                    batch = journal.feed().after(position, BATCH)) {
                batch.forEach(this::fold);
                position = batch.getLast().position();
            }
        }
    }

    private void fold(Entry entry) {
        streams.add(entry.stream());
        hashes.add(entry.event().hash().hex());
        if (Events.decode(entry.event().bytes()) instanceof Events.Stored.OfApplication stored) {
            var recorded = stored.recorded();
            if (recorded.principal().proof() != Principal.Proof.SHIPLOG) {
                // One decision may lead to several events; they share their moment, and a second decision has another.
                decisions
                        .computeIfAbsent(recorded.commandId(), first -> new TreeSet<>())
                        .add(recorded.commandId() + " of " + entry.stream() + " at " + recorded.at());
            }
            var name = entry.stream().substring("application/".length());
            applications.put(name, evolved(name, recorded));
        }
    }

    private Application evolved(String name, Recorded<ApplicationEvent> recorded) {
        var before = applications.getOrDefault(name, Application.NONE);
        if (recorded.event() instanceof ApplicationEvent.ReleaseCreated created
                && created.release().revision() != before.revision() + 1) {
            throw new AssertionError(name + " went from revision " + before.revision() + " to "
                    + created.release().revision());
        }
        return new ApplicationDecider(ApplicationName.parse(name)).evolve(before, recorded);
    }

    /** The commands that have been decided on. */
    Set<CommandId> decided() {
        return decisions.keySet();
    }

    /** The commands that were decided on more than once, with the moments. */
    List<Set<String>> repeated() {
        return decisions.values().stream().filter(all -> all.size() > 1).toList();
    }

    int length() {
        return hashes.size();
    }

    /** The hash of every event, in the order of their commits. */
    List<String> hashes() {
        return List.copyOf(hashes);
    }

    Application application(String name) {
        return applications.getOrDefault(name, Application.NONE);
    }

    /** The first thing that a cluster still owes; empty when all is as it was asked for. */
    Optional<String> unsettled() {
        for (var application : applications.entrySet()) {
            for (var target : application.getValue().targets().values()) {
                if (!(target.standing() instanceof Target.Standing.Completed)) {
                    return Optional.of(application.getKey() + " on "
                            + target.cluster().name() + " is " + target.standing() + ", generation "
                            + target.generation());
                }
            }
        }
        return Optional.empty();
    }

    /** The Deployments that each cluster must have for the history to be true, all their pods in place. */
    Map<String, Map<String, Deployed>> deployments() {
        var all = new TreeMap<String, Map<String, Deployed>>();
        Fleet.NAMES.forEach(cluster -> all.put(cluster, new TreeMap<>()));
        applications.forEach((name, application) -> {
            var decider = new ApplicationDecider(ApplicationName.parse(name));
            for (var cluster : application.targets().keySet()) {
                for (var object : decider.assignment(application, cluster).objects()) {
                    if (object.isWorkload()) {
                        all.getOrDefault(cluster, new TreeMap<>()).put(object.name(), deployed(object));
                    }
                }
            }
        });
        return all;
    }

    private static Deployed deployed(KubernetesObject object) {
        var spec = object.json().object("spec");
        var images = spec.object("template").object("spec").list("containers").stream()
                .map(container -> ((Json.Obj) container).text("image").orElse(""))
                .toList();
        int replicas = spec.number("replicas").orElse(1);
        boolean paused = spec.at("paused").equals(Optional.of(Json.bool(true)));
        return new Deployed(images, replicas, paused, replicas, replicas, replicas);
    }

    /** The first broken chain of hashes; empty when all are whole. */
    Optional<String> brokenChain(String jdbcUrl) {
        try (var journal = Journal.open(jdbcUrl)) {
            return streams.stream()
                    .flatMap(stream -> ChainVerifier.verify(journal, stream).stream())
                    .map(ChainVerifier.Break::toString)
                    .findFirst();
        }
    }
}
