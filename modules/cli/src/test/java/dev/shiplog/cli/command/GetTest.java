package dev.shiplog.cli.command;

import static dev.shiplog.cli.Views.cluster;
import static dev.shiplog.cli.Views.ended;
import static dev.shiplog.cli.Views.healthy;
import static dev.shiplog.cli.Views.hello;
import static dev.shiplog.cli.Views.progressing;
import static dev.shiplog.cli.Views.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.cli.Views;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.RolloutView;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown, to people and to programs. */
class GetTest {

    private final FakeApi api = new FakeApi()
            .showsItems(
                    "/v1/apps?namespace=default", hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1)))
            .shows("/v1/apps/default/hello", hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1)))
            .showsItems("/v1/clusters", cluster("gke-seoul", "Reachable"), cluster("onprem-busan", "Unreachable"))
            .shows("/v1/clusters/gke-seoul", cluster("gke-seoul", "Reachable"))
            .showsItems(
                    "/v1/rollouts",
                    new RolloutView("default/hello", healthy("gke-seoul", 2)),
                    new RolloutView("default/auth", healthy("gke-seoul", 1)),
                    new RolloutView("default/hello", progressing("eks-virginia", 2, 1)))
            .showsItems(
                    "/v1/apps/default/hello/history",
                    revision(1, "Completed", ended("gke-seoul", "Completed")),
                    revision(2, "InProgress", ended("gke-seoul", "InProgress")))
            .showsItems("/v1/releases", revision(1, "Completed", ended("gke-seoul", "Completed")))
            .showsItems(
                    "/v1/apps/default/hello/events",
                    new EventView(
                            "7",
                            "application/default/hello",
                            1,
                            Views.NOON.minusSeconds(90),
                            "mina",
                            "",
                            "id",
                            "ReleaseCreated",
                            "revision 1 for 3 clusters"))
            .shows(
                    "/v1/apps/default/hello/releases/2",
                    Map.of(
                            "revision",
                            revision(2, "InProgress", ended("gke-seoul", "InProgress")),
                            "spec",
                            Map.of("objects", new Object[] {
                                Map.of(
                                        "json",
                                        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\"}",
                                        "sealed",
                                        Map.of("token", "AXx0"))
                            })));
    private final Terminal terminal = new Terminal(api);

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get app hello",
                "get apps hello",
                "get app/hello",
                "get applications/hello",
                "get app app/hello",
                "list app hello"
            })
    void oneApplicationIsShownAsATreeHoweverItIsNamed(String typed) {
        var answer = terminal.run(typed.split(" "));

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines())
                .startsWith("Name:            hello")
                .contains("├──gke-seoul         Cluster      ✔ Healthy       3s    10.96.0.7");
    }

    @Test
    void whatIsOldIsShownWithAWarningBesideTheData() {
        api.isStale("the read model has stood still since noon");

        var answer = new Terminal(api).run("get", "apps", "-o", "name");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("app/hello\n");
        assertThat(answer.err())
                .isEqualTo("warning: what is shown is old: the read model has stood still since noon\n");
    }

    @Test
    void applicationsAreATable() {
        assertThat(terminal.run("get", "apps").lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("hello   ◌ Progressing   2");
    }

    @Test
    void aSelectionLeavesOnlyItsClusters() {
        var json = ShiplogApi.JSON.readTree(terminal.run("get", "app", "hello", "-l", "provider!=gke", "-o", "json")
                .out());

        assertThat(json.path("clusters")).hasSize(1);
        assertThat(json.path("clusters").path(0).path("name").asString("")).isEqualTo("eks-virginia");
    }

    @Test
    void anApplicationIsThereForProgramsWithAllThatTheApiSays() {
        var json = ShiplogApi.JSON.readTree(
                terminal.run("get", "app", "hello", "-o", "json").out());

        assertThat(json)
                .isEqualTo(ShiplogApi.JSON.valueToTree(
                        hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1))));
        assertThat(terminal.run("get", "apps", "-o", "json").out()).startsWith("{\n  \"items\" : [ {");
        assertThat(terminal.run("get", "app", "hello", "-o", "yaml").lines())
                .startsWith("name: hello", "namespace: default", "phase: Progressing", "revision: 2");
        assertThat(terminal.run("get", "apps", "-o", "name").out()).isEqualTo("app/hello\n");
    }

    @Test
    void clustersRolloutsAndReleases() {
        assertThat(terminal.run("get", "clusters", "-o", "name").out())
                .isEqualTo("cluster/gke-seoul\ncluster/onprem-busan\n");
        assertThat(terminal.run("get", "cluster", "gke-seoul").lines()).hasSize(2);
        assertThat(terminal.run("get", "clusters", "-l", "provider=onprem").lines())
                .hasSize(2);
        assertThat(terminal.run("get", "rollouts", "hello", "-o", "name").out())
                .isEqualTo("rollout/hello@gke-seoul\nrollout/hello@eks-virginia\n");
        assertThat(terminal.run("get", "rollouts", "--clusters", "eks-virginia").lines())
                .hasSize(2);
        assertThat(terminal.run("get", "releases", "-o", "name").out()).isEqualTo("release/hello@1\n");
        assertThat(terminal.run("get", "releases", "hello", "-o", "name").out())
                .isEqualTo("release/hello@1\nrelease/hello@2\n");
        assertThat(terminal.run("get", "release", "hello@2", "-o", "json").out())
                .contains("\"revision\" : 2");
    }

    @Test
    void nothingIsSaidToPeopleOnly() {
        api.showsItems("/v1/apps?namespace=empty");

        var answer = terminal.run("get", "apps", "-n", "empty");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualTo("No apps found in namespace empty; -A shows those of every namespace.\n");
    }

    @Test
    void theHistoryIsATableAndAList() {
        var answer = terminal.run("rollout", "history", "app/hello");

        assertThat(answer.lines())
                .startsWith(
                        "app/hello",
                        "REVISION   CHANGE-CAUSE    ACTOR   TIME                  OUTCOME        CLUSTERS");
        var json = ShiplogApi.JSON.readTree(
                terminal.run("rollout", "history", "hello", "-o", "json").out());
        assertThat(json.isArray()).isTrue();
        assertThat(json.path(0).propertyNames())
                .contains("revision", "cause", "actor", "time", "images", "outcome", "clusters");
    }

    @Test
    void aRevisionIsShownWithItsContentButNoSealedValue() {
        var answer = terminal.run("rollout", "history", "hello", "--revision", "2");

        assertThat(answer.out())
                .contains("Revision:        2", "kind: Secret", "token: (sealed)")
                .doesNotContain("AXx0");
        assertThat(terminal.run("describe", "release", "hello").out()).isEqualTo(answer.out());
    }

    @Test
    void describeTellsEverything() {
        assertThat(terminal.run("describe", "app", "hello").out())
                .contains("Cluster:         gke-seoul", "History:", "first release", "Events:", "ReleaseCreated");
        assertThat(terminal.run("describe", "cluster", "gke-seoul").out())
                .contains("Version:         v1.36.2", "default     auth ", "default     hello")
                .doesNotContain("eks-virginia");
    }

    @Test
    void aWatchThatNobodySeesOnlyAddsLines() {
        api.streams(
                        "hello",
                        hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1)),
                        hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 2)))
                .streamsDeletion("hello");

        var answer = terminal.run("get", "app", "hello", "--watch");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("""
                        ⟳ hello revision:2 ◌ Progressing
                        gke-seoul revision:2 ✔ Healthy desired:3 current:3 updated:3 available:3 deployment "hello" successfully rolled out
                        eks-virginia revision:2 ◌ Progressing desired:3 current:4 updated:1 available:3 Waiting for deployment "hello" rollout to finish: 1 out of 3 new replicas have been updated...
                        eks-virginia revision:2 ◌ Progressing desired:3 current:4 updated:2 available:3 Waiting for deployment "hello" rollout to finish: 2 out of 3 new replicas have been updated...
                        """);
        assertThat(answer.err()).contains("app/hello was deleted");
    }

    @Test
    void aWatchOnATerminalIsDrawnInPlaceAndInColour() {
        api.streams("hello", hello(2, progressing("gke-seoul", 2, 1)), hello(2, healthy("gke-seoul", 2)))
                .streamsDeletion("hello");

        var out = terminal.ofPerson().run("get", "app", "hello", "-w").out();

        assertThat(out)
                .contains("\u001b[36m◌ Progressing\u001b[0m", "\u001b[20A\u001b[J", "\u001b[32m✔ Healthy\u001b[0m");
        assertThat(out.lines()
                        .allMatch(line ->
                                line.replaceAll("\u001b\\[[0-9;]*[mAJ]", "").length() <= 100))
                .isTrue();
    }

    @Test
    void noColorIsObeyed() {
        assertThat(terminal.ofPerson().run("get", "apps").out()).contains("\u001b[");
        assertThat(terminal.ofPerson().with("NO_COLOR", "1").run("get", "apps").out())
                .doesNotContain("\u001b[");
    }

    @Test
    void versionsOfBothSides() {
        api.shows("/openapi.json", Map.of("info", Map.of("version", "9.9")));

        assertThat(terminal.run("version").lines())
                .hasSize(2)
                .last()
                .isEqualTo("server: API version 9.9 at " + api.address());
        assertThat(terminal.run("version", "--client").lines()).hasSize(1);
    }
}
