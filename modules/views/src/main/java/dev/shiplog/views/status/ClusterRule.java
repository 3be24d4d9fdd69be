package dev.shiplog.views.status;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Progress;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.live.Reach;
import dev.shiplog.views.live.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * How an application is on one cluster, from what was asked, what has happened and what is seen now.
 *
 * <p>The first that holds: it failed there: Degraded. It is being deleted: Progressing. It is paused, and the cluster
 * knows, or a step of it waits: Paused, unless a Service is gone, leads elsewhere or to nobody: Degraded. The cluster
 * owes something: Progressing, with what it waits for, unless somebody has taken the Service from the users: Degraded.
 * It was aborted: Degraded. All is done: Healthy, unless pods are missing now, a Service goes elsewhere or nobody can see
 * them: Degraded. What is not seen yet, after a start, is as the history says. Judged are the workloads of the present
 * layout alone.
 */
public final class ClusterRule {

    private static final String NO_NEWS = "waiting for news from the cluster";

    private final Placement placement;
    private final Reach reach;
    private final Sight sight;
    private final Sides sides;
    private final Sentences sentences;
    private final Users users;
    private final Outage outage;

    private ClusterRule(Placement placement, Reach reach, Sight sight, Neighbours neighbours, Instant now) {
        this.placement = placement;
        this.reach = reach;
        this.sight = sight;
        this.sides = new Sides(placement, seen(), neighbours);
        this.sentences = new Sentences(placement, sides);
        this.users = new Users(placement, sides);
        this.outage = new Outage(placement, sides, reach, now);
    }

    public static Status status(Placement placement, Reach reach, Sight sight, Neighbours neighbours, Instant now) {
        return new ClusterRule(placement, reach, sight, neighbours, now).status();
    }

    private Status status() {
        var wanted = placement.wanted();
        return switch (placement.standing()) {
            case Target.Standing.Failed failed ->
                is(Phase.Degraded, failed(failed.trouble()) + sentences.afterFailure());
            case Target.Standing.Owed ignored when wanted.removing() -> is(Phase.Progressing, removing());
            case Target.Standing.Owed ignored when wanted.paused() -> pausing();
            case Target.Standing.Owed ignored -> underWay();
            case Target.Standing.Held held -> held(held);
            case Target.Standing.Aborted ignored ->
                is(Phase.Degraded, sentences.aborted() + leftovers("it") + unwell());
            case Target.Standing.Completed ignored when wanted.paused() -> paused();
            case Target.Standing.Completed ignored -> completed();
        };
    }

    private String failed(Trouble trouble) {
        boolean recovered = seen().filter(
                        ignored -> isPresentGeneration() && sides.absent().isEmpty())
                .filter(observation -> progress(observation) instanceof Progress.Done)
                .isPresent();
        return trouble + (recovered ? "; all pods have become available since" : "");
    }

    private String removing() {
        return "is being deleted" + hindrance().map(trouble -> ": " + trouble).orElse("");
    }

    private Status underWay() {
        var said = sentences.where() + progressing() + outage.besideProgress() + sentences.warning();
        return outage.underWay()
                .map(lost -> is(Phase.Degraded, lost + "; " + said))
                .orElseGet(() -> is(Phase.Progressing, said));
    }

    private Status pausing() {
        var hindrance = hindrance().filter(trouble -> !placement.carried().written());
        return hindrance.isPresent()
                ? is(Phase.Progressing, "is to be paused, but may be going on: " + hindrance.get())
                : paused();
    }

    private Status paused() {
        int updated = 0;
        int desired = 0;
        for (var workload : sides.present()) {
            updated += Shown.updated(placement, workload);
            desired += workload.desired();
        }
        var said = "paused" + sentences.stepWhilePaused();
        return waiting((updated < desired
                        ? said + ": " + updated + " out of " + desired + " new replicas have been updated"
                        : said)
                + "; " + Sentences.command("rollout resume", placement));
    }

    /** What users lack comes first: whoever has paused it may not know. */
    private Status waiting(String said) {
        return outage.atRest()
                .map(lack -> is(Phase.Degraded, lack + "; " + said))
                .orElseGet(() -> is(Phase.Paused, said));
    }

    /** It waits by its own will, unless nobody can see whether it does. */
    private Status held(Target.Standing.Held held) {
        return switch (reach) {
            case Reach.Unreachable lost -> is(Phase.Paused, sentences.held(held) + "; " + lost.trouble());
            case Reach.Connecting ignored -> is(Phase.Paused, sentences.held(held) + sentences.warning());
            case Reach.Reachable ignored ->
                waiting(sentences.held(held) + sentences.shares() + missing() + changed() + sentences.warning());
        };
    }

    private String changed() {
        return new Changed(placement, sides)
                .sentence()
                .map(sentence -> "; " + sentence)
                .orElse("");
    }

    private String missing() {
        return sides.present().stream()
                .filter(workload -> workload.available() < workload.desired())
                .findFirst()
                .flatMap(workload -> seen().map(observation -> "; " + missing(workload, observation)))
                .orElse("");
    }

    /** What is wrong with that which serves after an abort. */
    private String unwell() {
        if (reach instanceof Reach.Unreachable lost) {
            return "; " + lost.trouble();
        }
        return outage.misled().map(sentence -> "; " + sentence).orElseGet(this::missing) + changed();
    }

    private String progressing() {
        var hindrance = hindrance();
        if (hindrance.isPresent()) {
            return hindrance.get().toString();
        }
        return switch (sight) {
            case Sight.Unseen ignored
            when reach instanceof Reach.Reachable && !placement.carried().written() ->
                "waiting for the objects to be written to the cluster";
            case Sight.Unseen ignored -> NO_NEWS;
            case Sight.Gone ignored -> "waiting for the objects to be written to the cluster; nothing of it is there";
            case Sight.Seen seen when !isPresentGeneration() -> "waiting for the cluster to show the change";
            case Sight.Seen ignored
            when sides.absent().isPresent() ->
                "waiting for deployment \"" + sides.absent().get() + "\" to be written to the cluster";
            case Sight.Seen seen ->
                switch (progress(seen.observation())) {
                    case Progress.Done done -> sentences.awaitedEndpoints().orElseGet(() -> sentences.allThere(done));
                    case Progress.Waiting waiting -> waiting.message();
                    case Progress.Failed failed -> failed.trouble().toString();
                };
        };
    }

    private Status completed() {
        if (reach instanceof Reach.Unreachable lost) {
            return is(Phase.Degraded, lost.trouble() + "; it was complete when last seen");
        }
        return switch (sight) {
            case Sight.Unseen ignored -> is(Phase.Healthy, NO_NEWS);
            case Sight.Gone ignored -> is(Phase.Degraded, "nothing of it is on the cluster any more");
            case Sight.Seen seen -> completed(seen.observation());
        };
    }

    private Status completed(Observation observation) {
        var misled = outage.misled();
        if (misled.isPresent()) {
            return is(Phase.Degraded, misled.get());
        }
        return switch (progress(observation)) {
            case Progress.Done done ->
                users.nobody()
                        .map(this::nobody)
                        .orElseGet(
                                () -> is(Phase.Healthy, done.message() + leftovers("earlier revisions") + changed()));
            case Progress.Failed failed -> is(Phase.Degraded, failed.trouble().toString());
            case Progress.Waiting waiting -> {
                var lacking = sides.present().stream()
                        .filter(workload -> workload.available() < workload.desired())
                        .findFirst();
                yield lacking.isEmpty()
                        ? is(Phase.Progressing, waiting.message())
                        : is(Phase.Degraded, missing(lacking.get(), observation));
            }
        };
    }

    private Status nobody(String sentence) {
        return outage.isSettled()
                ? is(Phase.Degraded, Outage.nothing(sentence))
                : is(Phase.Progressing, sentence + " yet");
    }

    private static String missing(Observation.Workload workload, Observation observation) {
        return workload.available() + " of " + workload.desired() + " pods of deployment \"" + workload.name()
                + "\" are available"
                + observation.troubles().stream()
                        .findFirst()
                        .map(trouble -> " (" + trouble + ")")
                        .orElse("");
    }

    private String leftovers(String of) {
        return placement
                .carried()
                .hindrance()
                .map(trouble -> "; objects of " + of + " could not be deleted yet: " + trouble)
                .orElse("");
    }

    private Status is(Phase phase, String message) {
        return new Status(phase, message, !(sight instanceof Sight.Unseen), troubles());
    }

    private List<Trouble> troubles() {
        var troubles = new ArrayList<Trouble>();
        if (placement.carried().standing() instanceof Target.Standing.Failed failed) {
            troubles.add(failed.trouble());
        }
        hindrance().ifPresent(troubles::add);
        seen().ifPresent(observation -> troubles.addAll(observation.troubles()));
        var once = new LinkedHashMap<Trouble, Trouble>();
        troubles.forEach(trouble -> once.putIfAbsent(subject(trouble), trouble));
        return List.copyOf(once.values());
    }

    /** {@code image "a:1" of container "a": ErrImagePull} and {@code …: ImagePullBackOff} are of the same. */
    private static Trouble subject(Trouble trouble) {
        int end = trouble.detail().indexOf("\": ");
        return end < 0 ? trouble : new Trouble(trouble.kind(), trouble.detail().substring(0, end));
    }

    /** What is known now comes before what was; that a cluster was away is over once it answers. */
    private Optional<Trouble> hindrance() {
        return switch (reach) {
            case Reach.Unreachable lost -> Optional.of(lost.trouble());
            case Reach.Connecting ignored -> placement.carried().hindrance();
            case Reach.Reachable ignored ->
                placement.carried().hindrance().filter(trouble -> trouble.kind() != Trouble.Kind.UNREACHABLE);
        };
    }

    private Optional<Observation> seen() {
        return sight instanceof Sight.Seen seen ? Optional.of(seen.observation()) : Optional.empty();
    }

    private Progress progress(Observation observation) {
        return Progress.of(sides.present(), observation.troubles());
    }

    /** Whether the cluster shows what was written last: the same pods may stand there as another step wanted them. */
    private boolean isPresentGeneration() {
        var present = sides.present();
        var mark = placement.position().mark();
        var wanted = mark.generation() == placement.generation() ? mark : new Mark(placement.generation(), 0);
        return !present.isEmpty()
                && present.stream().allMatch(workload -> workload.mark().compareTo(wanted) >= 0);
    }
}
