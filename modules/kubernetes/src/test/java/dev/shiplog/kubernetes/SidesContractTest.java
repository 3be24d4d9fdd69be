package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy.CapacityCheck;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine may expect of a gateway where an application has several Deployments behind its Services. */
class SidesContractTest extends GatewayContract {

    @Test
    void anObservationShowsWhoseEndpointsAreReady() throws Exception {
        applied(hello, CapacityCheck.OFF, hello.service(), hello.deployment(), side("canary", 1));
        var both = awaitReady(Map.of("hello", 2, "hello-canary", 1));
        assertThat(both.services()).singleElement().satisfies(service -> {
            assertThat(service.name()).isEqualTo("hello");
            assertThat(service.selector()).isEqualTo(Map.of("app", "hello"));
        });
        applied(
                hello.generation(2),
                CapacityCheck.OFF,
                hello.generation(2).replicas(1).deployment());
        awaitReady(Map.of("hello", 1, "hello-canary", 1));
    }

    @Test
    void theSwitchShowsWhereRequestsGo() throws Exception {
        applied(hello, CapacityCheck.OFF, selecting("blue"), side("blue", 2), side("green", 2));
        awaitReady(Map.of("hello-blue", 2));
        sightings.awaitObservation(seen -> seen.workloads().stream()
                        .filter(workload -> workload.available() == 2)
                        .count()
                == 2);
        applied(hello, CapacityCheck.OFF, selecting("green"));
        awaitReady(Map.of("hello-green", 2));
    }

    @Test
    void aSelectorSetByHandIsAConflictThatSaysWhereUsersGo() throws Exception {
        applied(hello, CapacityCheck.OFF, selecting("blue"));
        assertThat(kubectl.apply(service("hello"), "fieldManager=by-hand&force=true", json("""
                                        {"apiVersion":"v1","kind":"Service","metadata":{"name":"hello"},
                                         "spec":{"selector":{"app":"hello","colour":"red"}}}"""))
                        .isSuccess())
                .isTrue();

        var trouble = trouble(applied(hello, CapacityCheck.OFF, selecting("green")));

        assertThat(trouble.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(trouble.detail())
                .isEqualTo(
                        "service \"hello\" selects app=hello,colour=red now, as set by \"by-hand\", and is to select "
                                + "app=hello,colour=green");
        assertThat(selected()).contains("red");
        assertThat(applied(hello.forced(), CapacityCheck.OFF, selecting("green")))
                .isEqualTo(new ConfirmApplied(1, 0));
        assertThat(selected()).contains("green");
    }

    @Test
    void aServiceOfAnotherApplicationIsNotSwitchedAndNothingIsWritten() throws Exception {
        applied(hello, CapacityCheck.OFF, selecting("blue"));
        var other =
                new Hello(new ApplicationName(hello.application().namespace(), "other"), 1, hello.image(), 1, false);
        var first = other.object("""
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"other-conf"},"data":{}}""");

        var trouble = trouble(applied(other, CapacityCheck.OFF, first, other.service()));

        assertThat(trouble.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(trouble.detail())
                .isEqualTo("service \"hello\" in cluster eu-1 belongs to the application " + hello.application()
                        + ", and " + other.application() + " can't have it too; give it another name in the release,"
                        + " or take it from " + hello.application() + " for good with --force-conflicts");
        assertThat(kubectl.get("/api/v1/namespaces/" + other.application().namespace() + "/configmaps/other-conf")
                        .code())
                .isEqualTo(404);
        assertThat(selected()).contains("blue");
    }

    @Test
    void aNameThatSomebodyElseHasTakenIsNotAdopted() throws Exception {
        var foreign = side("green", 1).json().withObject("metadata", metadata -> metadata.without("annotations"));
        assertThat(kubectl.apply(deployment("hello-green"), "fieldManager=by-hand", foreign)
                        .isSuccess())
                .isTrue();

        var trouble = trouble(applied(hello, CapacityCheck.OFF, side("green", 3)));

        assertThat(trouble.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(trouble.detail())
                .isEqualTo("deployment \"hello-green\" in cluster eu-1 was made by somebody else, and "
                        + "Shiplog needs the name for " + hello.application()
                        + "; rename or delete that one, or let Shiplog take it with --force-conflicts");
        assertThat(applied(hello.forced(), CapacityCheck.OFF, side("green", 3))).isEqualTo(new ConfirmApplied(1, 0));
    }

    /** Shiplog makes up the names of the Services of the sides, too. */
    @Test
    void noServiceThatTheReleaseDoesNotNameIsAdopted() throws Exception {
        var foreign = hello.object("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"hello-stable"},
                 "spec":{"selector":{"app":"else"},"ports":[{"port":80}]}}""");
        var unmarked = foreign.json().withObject("metadata", metadata -> metadata.without("annotations"));
        var path = "/api/v1/namespaces/" + hello.application().namespace() + "/services/hello-stable";
        assertThat(kubectl.apply(path, "fieldManager=by-hand", unmarked).isSuccess())
                .isTrue();

        assertThat(trouble(applied(hello, CapacityCheck.OFF, foreign)).detail())
                .startsWith("service \"hello-stable\" in cluster eu-1 was made by somebody else");
    }

    @Test
    void aReleasesOwnDeploymentIsAdopted() throws Exception {
        var foreign = hello.deployment().json().withObject("metadata", metadata -> metadata.without("annotations"));
        assertThat(kubectl.apply(deployment("hello"), "fieldManager=by-hand", foreign)
                        .isSuccess())
                .isTrue();
        assertThat(applied(hello, CapacityCheck.OFF, hello.deployment())).isEqualTo(new ConfirmApplied(1, 0));
    }

    // ---- room

    @Test
    void aQuotaThatIsShortByOnePodRefusesBeforeAnythingIsWritten() throws Exception {
        applied(hello, CapacityCheck.ENFORCE, hello.deployment());
        awaitDone(1);
        quota("4");

        var trouble = trouble(applied(hello, CapacityCheck.ENFORCE, selecting("green"), side("green", 3)));

        assertThat(trouble.kind()).isEqualTo(Kind.INSUFFICIENT_CAPACITY);
        assertThat(trouble.detail())
                .isEqualTo(
                        "not enough room in cluster eu-1 for 3 more pods of \"hello-green\": quota \"limit\": pods needs 3, "
                                + "2 of 4 are left; make room and shiplog rollout retry hello -n "
                                + hello.application().namespace()
                                + ", or go on without it: spec.strategy.blueGreen.capacityCheck: warn");
        assertThat(kubectl.get(service("hello")).code()).isEqualTo(404);
        quota("5");
        assertThat(applied(hello, CapacityCheck.ENFORCE, side("green", 3))).isEqualTo(new ConfirmApplied(1, 0));
        assertThat(applied(hello, CapacityCheck.ENFORCE, side("green", 3)))
                .as("nothing is added, so there is nothing to look for")
                .isEqualTo(new ConfirmApplied(1, 0));
    }

    /** A plain Deployment is copied to blue only if green will find room in its place. */
    @Test
    void whatComesLaterNeedsRoomBeforeAnythingIsWritten() throws Exception {
        applied(hello, CapacityCheck.ENFORCE, hello.deployment());
        awaitDone(1);
        quota("5");

        var trouble = trouble(adopted(side("blue", 2), side("green", 4)));

        assertThat(trouble.kind()).isEqualTo(Kind.INSUFFICIENT_CAPACITY);
        assertThat(trouble.detail())
                .startsWith("not enough room in cluster eu-1 for 4 more pods of \"hello-green\": quota \"limit\": pods"
                        + " needs 4, 3 of 5 are left");
        assertThat(kubectl.get(deployment("hello-blue")).code()).isEqualTo(404);
        assertThat(adopted(side("blue", 2), side("green", 3))).isEqualTo(new ConfirmApplied(1, 0));
    }

    private RolloutCommand adopted(KubernetesObject blue, KubernetesObject green) throws Exception {
        var task = new RolloutTask.Apply(
                hello.apply().assignment(),
                0,
                List.of(blue),
                CapacityCheck.ENFORCE,
                List.of(green),
                List.of(),
                List.of());
        return answer(consumer -> gateway.apply(task, consumer));
    }

    @Test
    void whereItOnlyWarnsItGoesOn() throws Exception {
        quota("2");
        assertThat(applied(hello, CapacityCheck.WARN, side("green", 3)))
                .isEqualTo(new ConfirmApplied(
                        1,
                        0,
                        Optional.of("not enough room in cluster eu-1 for 3 more pods of \"hello-green\": "
                                + "quota \"limit\": pods needs 3, 2 of 2 are left")));
        assertThat(kubectl.get(deployment("hello-green")).isSuccess()).isTrue();
    }

    @Test
    void podsThatNoNodeHasRoomForAreRefused() throws Exception {
        var huge = side("green", 2)
                .json()
                .withObject(
                        "spec",
                        spec -> spec.withObject(
                                "template",
                                template -> template.withObject(
                                        "spec", pod -> pod.with("containers", Json.array(List.of(json("""
                                {"name":"hello","image":"hello:1","resources":{"requests":{"cpu":"9000"}}}""")))))));
        var trouble = trouble(applied(hello, CapacityCheck.ENFORCE, new KubernetesObject(huge)));
        assertThat(trouble.kind()).isEqualTo(Kind.INSUFFICIENT_CAPACITY);
        assertThat(trouble.detail())
                .startsWith("not enough room in cluster eu-1 for 2 more pods of \"hello-green\": "
                        + "cpu needs 18k (2 x 9k), ")
                .containsPattern("are free on \\d+ nodes?");
    }

    private RolloutCommand applied(Hello wanted, CapacityCheck capacity, KubernetesObject... objects) throws Exception {
        var task = new RolloutTask.Apply(wanted.apply().assignment(), 0, List.of(objects), capacity);
        return answer(consumer -> gateway.apply(task, consumer));
    }

    private Observation awaitReady(Map<String, Integer> ready) throws InterruptedException {
        return sightings.awaitObservation(seen -> seen.application().equals(hello.application())
                && seen.services().size() == 1
                && seen.services().getFirst().ready().equals(ready));
    }

    private KubernetesObject side(String name, int replicas) {
        return hello.object("""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hello-%1$s"},
                 "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"hello","colour":"%1$s"}},
                  "template":{"metadata":{"labels":{"app":"hello","colour":"%1$s"}},
                   "spec":{"containers":[{"name":"hello","image":"%3$s",
                    "resources":{"limits":{"cpu":"200m","memory":"10Mi"}}}]}}}}""".formatted(name, replicas, hello.image()));
    }

    private KubernetesObject selecting(String colour) {
        return hello.object("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"hello"},
                 "spec":{"selector":{"app":"hello","colour":"%s"},"ports":[{"port":80}]}}""".formatted(colour));
    }

    private Optional<String> selected() throws Exception {
        return get("/api/v1", "services/hello")
                .object("spec")
                .object("selector")
                .text("colour");
    }

    private void quota(String pods) throws Exception {
        var path = "/api/v1/namespaces/" + hello.application().namespace() + "/resourcequotas/limit";
        assertThat(kubectl.apply(path, "fieldManager=by-hand", json("""
                                        {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"limit"},
                                         "spec":{"hard":{"pods":"%s"}}}""".formatted(pods)))
                        .isSuccess())
                .isTrue();
        awaitQuota(path, pods);
    }

    /** Until the controller has counted. */
    private static void awaitQuota(String path, String pods) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!kubectl.read(path).object("status").object("hard").text("pods").equals(Optional.of(pods))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private String service(String name) {
        return "/api/v1/namespaces/" + hello.application().namespace() + "/services/" + name;
    }

    private String deployment(String name) {
        return "/apis/apps/v1/namespaces/" + hello.application().namespace() + "/deployments/" + name;
    }
}
