package dev.shiplog.localcluster.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.recordings.Recording.Line;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Carries out the requests of a recording at the times at which they were made, on driven time, and holds what the
 * controllers then do against what those of a real cluster did ({@link Facets} says what is compared).
 */
class ControllerRecordingsTest {
    /** Requests that follow each other faster than this belong together: what comes of which can't be told. */
    private static final long PHASE_MILLIS = 400;

    private static final int TURNS = 30;
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration TIME_TO_READY = Duration.ofMillis(1080);

    /** Phases that ended in the middle of a step there, and at the end of one here. */
    private static final Set<String> CUT_OFF =
            Set.of("04-pause-scale-resume: after request 3", "04-pause-scale-resume: after request 4");

    /** Differences that are chance there, or meant here. */
    private static final Set<String> ACCEPTED = Set.of(
            // There the first look after the change saw the new pod already, so that nothing ever progressed.
            "07-crash-loop: Deployment demo-07/hello Progressing",
            // Here a container that crashes shows its error before it backs off, as kubelets that run processes do.
            "07-crash-loop: a Pod that is Running terminated Error",
            // There the slice kept one pod that had gone until it was changed for another reason.
            "08-canary: EndpointSlice endpoints",
            // There the pods of a namespace were deleted one by one, and counted in between.
            "22-namespace: Deployment demo-22/hello replicas",
            "22-namespace: Deployment demo-22/hello updatedReplicas",
            "22-namespace: ReplicaSet demo-22/hello-1 replicas",
            "23-wipe: Deployment demo-23b/hello replicas",
            "23-wipe: Deployment demo-23b/hello updatedReplicas",
            "23-wipe: ReplicaSet demo-23b/hello-1 replicas",
            // There the watch of ReplicaSets was faster than that of Deployments.
            "12-quota: the first ADDED of each kind");

    /** The pause must find as many new pods ready as it found there, for what is scaled later is their mixture. */
    private static void awaitFirstNewPod(World world, HttpClientOf client) {
        for (int millis = 0; millis < 2000; millis += 2) {
            boolean ready = client.get("/apis/apps/v1/replicasets")
                    .body()
                    .path("items")
                    .valueStream()
                    .anyMatch(set -> Json.text(set, "metadata", "annotations", "deployment.kubernetes.io/revision")
                                    .equals("2")
                            && Json.number(set, 0, "status", "readyReplicas") > 0);
            if (ready) {
                return;
            }
            world.pass(Duration.ofMillis(2));
        }
    }

    /** Those of scenarios were there before they began. */
    private static void createNamespaces(World world, Recording recording) {
        recording
                .requests()
                .map(line -> line.text("path").split("/namespaces/"))
                .filter(parts -> parts.length > 1 && parts[1].contains("/"))
                .map(parts -> parts[1].substring(0, parts[1].indexOf('/')))
                .filter(namespace -> !recording.name().equals("22-namespace"))
                .distinct()
                .forEach(world::namespace);
    }

    /** On real time a phase may come to the same end a little later than it did there. */
    private static void settle(World world, Facets theirs, Facets ours, Set<String> kinds, String phase) {
        tell(world, ours, kinds);
        for (int i = 0; i < TURNS && !world.isDriven() && !theirs.told().isEmpty() && !CUT_OFF.contains(phase); i++) {
            if (differences(phase, theirs.told(), ours.told(), false).isEmpty()) {
                return;
            }
            world.pass(TURN);
            tell(world, ours, kinds);
        }
    }

    private static void tell(World world, Facets ours, Set<String> kinds) {
        for (World.Seen seen : world.seen(kinds)) {
            ours.add(
                    Change.Type.valueOf(seen.type()),
                    seen.kind(),
                    Json.text(seen.object(), "metadata", "name"),
                    seen.object());
        }
    }

    /** @param phase recording and request, as in {@link #CUT_OFF} */
    private static List<String> differences(
            String phase, Map<String, String> expected, Map<String, String> actual, boolean driven) {
        if (expected.isEmpty() || CUT_OFF.contains(phase)) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        String recording = phase.substring(0, phase.indexOf(':'));
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            String is = actual.getOrDefault(name, "nothing");
            String should = expected.getOrDefault(name, "nothing");
            boolean agrees = is.equals(should) || (!driven && Facets.isWithin(is, should));
            if (!agrees && !ACCEPTED.contains(recording + ": " + name)) {
                differences.add(phase + ": " + name + "\n      is     " + is + "\n      should " + should);
            }
        }
        return differences;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-apply-create",
                "02-scale",
                "03-recreate",
                "03-rolling-update-10",
                "03-rolling-update-3",
                "03-rolling-update-surge0",
                "04-pause-scale-resume",
                "04-paused-create-and-template-change",
                "05-undo-and-noop",
                "06-bad-image",
                "06-bad-image-first",
                "07-crash-loop",
                "08-canary",
                "08-canary-overlapping-selector",
                "09-blue-green",
                "11-delete-background",
                "11-delete-foreground",
                "11-delete-orphan",
                "12-quota",
                "14-revision-history",
                "19-daemonset",
                "19-statefulset",
                "20-hpa-and-replicas-ownership",
                "21-pdb-eviction",
                "22-namespace",
                "23-wipe",
            })
    void doesAsARealClusterDid(String name) {
        Recording recording = Recording.read(name);
        List<String> differences = new ArrayList<>();
        Facets theirs = new Facets();
        Facets ours = new Facets();
        try (World world = World.of(LocalCluster.named("recorded").timeToReady(TIME_TO_READY));
                HttpClientOf client = new HttpClientOf(world.url(), world.credentials("admin"))) {
            createNamespaces(world, recording);
            Requests requests = new Requests(client);
            Set<String> recordedKinds = recording.watchedKinds();
            long now = 0;
            String phase = name + ": the beginning";
            for (Line line : recording.lines()) {
                switch (line.what()) {
                    case WATCH -> {
                        if (line.json().path("watch").isMissingNode()
                                && !line.text("type").equals("BOOKMARK")) {
                            theirs.add(
                                    Change.Type.valueOf(line.text("type")),
                                    line.text("kind"),
                                    line.text("name"),
                                    line.json().path("object"));
                        }
                    }
                    case REQUEST -> {
                        if (line.text("method").equals("GET") || recording.statusOf(line) >= 400) {
                            break;
                        }
                        if (name.equals("04-pause-scale-resume")
                                && line.text("id").equals("4")) {
                            awaitFirstNewPod(world, client);
                        } else {
                            world.pass(Duration.ofMillis(Math.max(0, line.millis() - now)));
                        }
                        boolean anew = line.millis() - now >= PHASE_MILLIS;
                        now = line.millis();
                        if (anew) {
                            settle(world, theirs, ours, recordedKinds, phase);
                            differences.addAll(differences(phase, theirs.told(), ours.told(), world.isDriven()));
                            if (theirs.told().isEmpty()) {
                                theirs.assume(ours);
                            }
                            theirs.next();
                            ours.next();
                            phase = name + ": after request " + line.text("id");
                        }
                        assertThat(requests.send(line).status()).as("%s", line).isEqualTo(recording.statusOf(line));
                    }
                    case STEP, RESPONSE, WATCH_END, ERROR, POLL -> {}
                }
            }
            world.pass(Duration.ofMillis(recording.lines().getLast().millis() - now));
            settle(world, theirs, ours, recordedKinds, phase);
            differences.addAll(differences(phase, theirs.told(), ours.told(), world.isDriven()));
        }
        assertThat(differences)
                .withFailMessage(() -> "\n" + String.join("\n", differences))
                .isEmpty();
    }
}
