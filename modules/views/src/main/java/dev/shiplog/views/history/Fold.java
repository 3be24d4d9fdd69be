package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.StrategyWords;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.protocol.ReleaseSpecs;
import dev.shiplog.views.history.Rows.ApplicationRow;
import dev.shiplog.views.history.Rows.EventRow;
import dev.shiplog.views.history.Rows.OutcomeRow;
import dev.shiplog.views.history.Rows.ReleaseKey;
import dev.shiplog.views.history.Rows.ReleaseRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Folds a batch of events into the rows that it touches, in memory: these are read before, and what has become of them
 * is written after. It holds no rules, and says the same as the application's own {@code evolve}.
 */
final class Fold {

    private final Map<ApplicationName, ApplicationRow> applications = new HashMap<>();
    private final Map<Place, Placement> placements = new HashMap<>();
    private final Map<Place, OutcomeRow> inProgress = new HashMap<>();

    private final Set<ApplicationName> changedApplications = new LinkedHashSet<>();
    private final Set<Place> changedPlaces = new LinkedHashSet<>();
    private final Map<ReleaseKey, ReleaseRow> releases = new LinkedHashMap<>();
    private final Map<ReleaseKey, ReleaseResult> ended = new LinkedHashMap<>();
    private final Map<OutcomeKey, OutcomeRow> outcomes = new LinkedHashMap<>();
    private final List<EventRow> events = new ArrayList<>();

    private record OutcomeKey(ReleaseKey release, String cluster) {}

    void load(Collection<ApplicationRow> rows, Collection<Placement> placed, Collection<OutcomeRow> unfinished) {
        rows.forEach(row -> applications.put(row.application(), row));
        placed.forEach(placement -> placements.put(placement.place(), placement));
        unfinished.forEach(outcome -> inProgress.put(outcome.place(), outcome));
    }

    void fold(StreamEvent event) {
        events.add(event.row());
        switch (event) {
            case StreamEvent.OfApplication of -> application(of.application(), of.position(), of.recorded());
            case StreamEvent.OfRollout of -> rollout(of.place(), of.recorded().event());
        }
    }

    List<ApplicationRow> applications() {
        return changedApplications.stream()
                .flatMap(name -> Optional.ofNullable(applications.get(name)).stream())
                .toList();
    }

    List<Placement> placements() {
        return changedPlaces.stream()
                .flatMap(place -> Optional.ofNullable(placements.get(place)).stream())
                .toList();
    }

    /** What is on its cluster no longer, nor meant to be. */
    List<Place> gone() {
        return changedPlaces.stream()
                .filter(place -> !placements.containsKey(place))
                .toList();
    }

    Collection<ReleaseRow> releases() {
        return releases.values();
    }

    /** Of releases that older batches made. */
    Map<ReleaseKey, ReleaseResult> ended() {
        return ended;
    }

    Collection<OutcomeRow> outcomes() {
        return outcomes.values();
    }

    List<EventRow> events() {
        return events;
    }

    private void application(ApplicationName name, long position, Recorded<ApplicationEvent> recorded) {
        var at = recorded.at();
        switch (recorded.event()) {
            case ReleaseCreated created -> created(name, position, recorded, created);
            case ApplicationEvent.Scaled scaled ->
                asked(name, at, scaled.clusters(), scaled.generation(), wanted -> wanted.withScale(scaled.replicas()));
            case ApplicationEvent.Paused paused ->
                asked(name, at, paused.clusters(), paused.generation(), wanted -> wanted.withPaused(true));
            case ApplicationEvent.Resumed resumed ->
                asked(name, at, resumed.clusters(), resumed.generation(), wanted -> wanted.withPaused(false));
            case ApplicationEvent.RemovalRequested requested -> {
                asked(name, at, requested.clusters(), requested.generation(), Placement.Wanted::withRemoval);
                requested.clusters().forEach(cluster -> ended(new Place(name, cluster), ReleaseResult.REMOVED, ""));
            }
            case ApplicationEvent.RolloutCompleted completed -> {
                var place = new Place(name, completed.cluster());
                var standing = new Target.Standing.Completed(completed.keptUntil(), completed.leftovers());
                change(place, placement -> placement.completed(standing));
                ended(place, ReleaseResult.COMPLETED, "");
                updated(name, at);
            }
            case ApplicationEvent.Promoted promoted ->
                asked(
                        name,
                        at,
                        List.copyOf(promoted.through().keySet()),
                        promoted.generation(),
                        UnaryOperator.identity());
            case ApplicationEvent.AbortRequested requested ->
                asked(name, at, requested.clusters(), requested.generation(), Placement.Wanted::withAbort);
            case ApplicationEvent.TakeoverRequested requested ->
                asked(name, at, requested.clusters(), requested.generation(), UnaryOperator.identity());
            case ApplicationEvent.RolloutHeld held -> {
                change(
                        new Place(name, held.cluster()),
                        placement -> placement.standing(
                                new Target.Standing.Held(held.step(), held.until(), held.preview())));
                updated(name, at);
            }
            case ApplicationEvent.RolloutAborted aborted -> {
                var place = new Place(name, aborted.cluster());
                change(place, placement -> placement.standing(new Target.Standing.Aborted(aborted.leftovers())));
                ended(place, ReleaseResult.ABORTED, "");
                updated(name, at);
            }
            case ApplicationEvent.RolloutSettled settled ->
                change(new Place(name, settled.cluster()), Placement::settled);
            case ApplicationEvent.RolloutFailed failed -> {
                var place = new Place(name, failed.cluster());
                change(place, placement -> placement.failed(failed.trouble()));
                ended(place, ReleaseResult.FAILED, failed.trouble().toString());
                updated(name, at);
            }
            case ApplicationEvent.RolloutRemoved removed -> {
                var place = new Place(name, removed.cluster());
                placements.remove(place);
                changedPlaces.add(place);
                updated(name, at);
            }
            case ApplicationEvent.ReleaseEnded end -> released(new ReleaseKey(name, end.revision()), end.result());
            case ApplicationEvent.ApplicationRemoved ignored -> change(name, ApplicationRow::withRemoval);
            case ApplicationEvent.NothingChanged ignored -> {}
            case ApplicationEvent.CommandRefused ignored -> {}
        }
    }

    private void created(
            ApplicationName name, long position, Recorded<ApplicationEvent> recorded, ReleaseCreated created) {
        var release = created.release();
        var spec = release.spec();
        var key = new ReleaseKey(name, release.revision());
        var images = Rendering.images(spec.objects());
        applications.put(
                name,
                new ApplicationRow(
                        name,
                        release.revision(),
                        StrategyWords.word(spec.strategy()),
                        images,
                        labels(spec.objects()),
                        recorded.at(),
                        false));
        changedApplications.add(name);
        releases.put(
                key,
                new ReleaseRow(
                        key,
                        position,
                        release.cause(),
                        recorded.principal().name(),
                        recorded.reason(),
                        recorded.at(),
                        images,
                        word(release.origin()),
                        ReleaseResult.IN_PROGRESS,
                        ReleaseSpecs.toJson(spec)));
        place(name, recorded.at(), created);
        for (int index = 0; index < release.clusters().size(); index++) {
            var outcome = new OutcomeRow(key, release.clusters().get(index), index, ReleaseResult.IN_PROGRESS, "");
            inProgress.put(outcome.place(), outcome);
            outcomes.put(new OutcomeKey(key, outcome.cluster()), outcome);
        }
    }

    private void place(ApplicationName name, Instant at, ReleaseCreated created) {
        var declarations = new Declarations(name, created.release());
        for (var placed : created.placements()) {
            var place = new Place(name, placed.cluster().name());
            var before = placements.get(place);
            boolean paused = before != null && before.wanted().paused();
            var wanted = new Placement.Wanted(
                    created.release().revision(),
                    placed.scale(),
                    declarations.on(placed.cluster()),
                    paused,
                    false,
                    false);
            ended(place, ReleaseResult.SUPERSEDED, "");
            placements.put(
                    place,
                    new Placement(
                            place,
                            placed.cluster().labels(),
                            wanted,
                            created.generation(),
                            at,
                            Placement.Carried.OWED,
                            before == null
                                    ? Placement.Position.NOWHERE
                                    : before.position().superseded(),
                            before == null ? Optional.empty() : before.good()));
            changedPlaces.add(place);
        }
    }

    private void asked(
            ApplicationName name,
            Instant at,
            List<String> clusters,
            int generation,
            UnaryOperator<Placement.Wanted> change) {
        for (var cluster : clusters) {
            change(
                    new Place(name, cluster),
                    placement -> placement.asked(change.apply(placement.wanted()), generation, at));
        }
        updated(name, at);
    }

    /** What a rollout says about another generation than the present one is of no interest any more. */
    private void rollout(Place place, RolloutEvent event) {
        switch (event) {
            case RolloutEvent.Assigned assigned ->
                at(
                        place,
                        assigned.assignment().generation(),
                        now -> now.at(now.position()
                                .assigned(assigned.assignment().generation(), assigned.layout(), assigned.step())));
            case RolloutEvent.Advanced advanced ->
                at(
                        place,
                        advanced.generation(),
                        now -> now.at(now.position().advanced(advanced.layout(), advanced.step())));
            case RolloutEvent.Held held ->
                at(place, held.generation(), now -> now.at(now.position().held(held.step())));
            case RolloutEvent.Switched ignored -> {}
            case RolloutEvent.Released released -> at(place, released.generation(), Placement::released);
            case RolloutEvent.Aborted aborted ->
                at(
                        place,
                        aborted.generation(),
                        now -> now.unhindered(true).at(now.position().alone()));
            case RolloutEvent.Applied applied -> at(place, applied.generation(), now -> now.applied(applied.warning()));
            case RolloutEvent.Hindered hindered ->
                at(place, hindered.generation(), now -> now.hindered(hindered.trouble()));
            case RolloutEvent.Completed completed ->
                at(
                        place,
                        completed.generation(),
                        now -> now.unhindered(true).at(now.position().completed()));
            case RolloutEvent.Failed failed ->
                at(
                        place,
                        failed.generation(),
                        now -> now.unhindered(now.carried().written()));
            case RolloutEvent.Pruned pruned ->
                at(
                        place,
                        pruned.generation(),
                        now -> now.unhindered(now.carried().written()));
            case RolloutEvent.Removed removed ->
                at(
                        place,
                        removed.generation(),
                        now -> now.unhindered(now.carried().written()));
        }
    }

    private void at(Place place, int generation, UnaryOperator<Placement> change) {
        change(place, placement -> placement.generation() == generation ? change.apply(placement) : placement);
    }

    private void change(Place place, UnaryOperator<Placement> change) {
        if (placements.computeIfPresent(place, (key, placement) -> change.apply(placement)) != null) {
            changedPlaces.add(place);
        }
    }

    private void change(ApplicationName name, UnaryOperator<ApplicationRow> change) {
        if (applications.computeIfPresent(name, (key, row) -> change.apply(row)) != null) {
            changedApplications.add(name);
        }
    }

    private void updated(ApplicationName name, Instant at) {
        change(name, row -> row.updated(at));
    }

    /** The release that is in progress there, if any, has its end there; an end is final. */
    private void ended(Place place, ReleaseResult result, String message) {
        var outcome = inProgress.remove(place);
        if (outcome != null) {
            outcomes.put(new OutcomeKey(outcome.release(), outcome.cluster()), outcome.ended(result, message));
        }
    }

    private void released(ReleaseKey key, ReleaseResult result) {
        var made = releases.get(key);
        if (made == null) {
            ended.putIfAbsent(key, result);
        } else if (!made.outcome().isFinal()) {
            releases.put(
                    key,
                    new ReleaseRow(
                            key,
                            made.position(),
                            made.cause(),
                            made.actor(),
                            made.reason(),
                            made.created(),
                            made.images(),
                            made.origin(),
                            result,
                            made.specJson()));
        }
    }

    private static String word(Release.Origin origin) {
        return switch (origin) {
            case Release.Origin.Applied ignored -> "apply";
            case Release.Origin.ImageSet ignored -> "set image";
            case Release.Origin.Restarted ignored -> "restart";
            case Release.Origin.Undone undone -> "undo to revision " + undone.toRevision();
            case Release.Origin.Retried retried -> "retry of revision " + retried.ofRevision();
        };
    }

    private static Map<String, String> labels(List<KubernetesObject> objects) {
        var labels = new TreeMap<String, String>();
        objects.stream()
                .filter(KubernetesObject::isWorkload)
                .map(workload -> workload.json().object("metadata").object("labels"))
                .forEach(written -> written.members().forEach((key, value) -> {
                    if (value instanceof Json.Str text) {
                        labels.put(key, text.value());
                    }
                }));
        return labels;
    }
}
