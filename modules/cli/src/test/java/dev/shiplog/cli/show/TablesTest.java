package dev.shiplog.cli.show;

import static dev.shiplog.cli.Views.NOON;
import static dev.shiplog.cli.Views.cluster;
import static dev.shiplog.cli.Views.deleted;
import static dev.shiplog.cli.Views.ended;
import static dev.shiplog.cli.Views.healthy;
import static dev.shiplog.cli.Views.hello;
import static dev.shiplog.cli.Views.progressing;
import static dev.shiplog.cli.Views.revision;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.protocol.view.RolloutView;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

    private final Tables tables = new Tables(Paint.PLAIN, false, NOON);
    private final Tables wide = new Tables(Paint.PLAIN, true, NOON);

    @Test
    void applications() {
        var apps = List.of(hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1)));

        assertThat(tables.apps(apps, false))
                .containsExactly(
                        "NAME    STATUS          REVISION   DESIRED   CURRENT   UP-TO-DATE   AVAILABLE   CLUSTERS   AGE",
                        "hello   ◌ Progressing   2          6         7         4            6           1/2        45s");
        assertThat(wide.apps(apps, true).getLast())
                .startsWith("default     hello   ◌ Progressing")
                .endsWith(
                        "rolling    kelseyhightower/hello:2.0.0   Waiting for deployment \"hello\" rollout to finish: 1 out"
                                + " of 3 new replicas have been updated...");
    }

    @Test
    void rollouts() {
        var rollouts = List.of(
                new RolloutView("default/hello", healthy("gke-seoul", 2)),
                new RolloutView("default/hello", progressing("eks-virginia", 2, 1)));

        assertThat(tables.rollouts(rollouts, false))
                .containsExactly(
                        "NAME    CLUSTER        STATUS          REVISION   DESIRED   CURRENT   UP-TO-DATE   AVAILABLE   EXTERNAL-IP",
                        "hello   gke-seoul      ✔ Healthy       2          3         3         3            3           10.96.0.7",
                        "hello   eks-virginia   ◌ Progressing   2          3         4         1            3           <none>");
    }

    @Test
    void clusters() {
        var clusters = List.of(cluster("gke-seoul", "Reachable"), cluster("onprem-busan", "Unreachable"));

        assertThat(wide.clusters(clusters))
                .containsExactly(
                        "NAME           STATUS          PROVIDER   REGION            VERSION   APPS   AGE    LABELS                                                  MESSAGE",
                        "gke-seoul      ✔ Reachable     gke        asia-northeast3   v1.36.2   2      120m   provider=gke,region=asia-northeast3,visibility=public",
                        "onprem-busan   ✖ Unreachable   onprem     kr-busan                    2      120m   provider=onprem,region=kr-busan,visibility=private      Unreachable: connection refused");
    }

    @Test
    void theHistoryNamesWhoWhenHowAndWhereItWentWrong() {
        var history = List.of(
                revision(1, "Completed", ended("gke-seoul", "Completed"), ended("onprem-busan", "Completed")),
                revision(2, "Failed", ended("gke-seoul", "Completed"), ended("onprem-busan", "Failed")),
                revision(
                        3,
                        "InProgress",
                        ended("a", "InProgress"),
                        ended("b", "InProgress"),
                        ended("c", "InProgress"),
                        ended("d", "InProgress")));

        assertThat(new History(Paint.PLAIN, ZoneOffset.UTC).lines(history))
                .containsExactly(
                        "REVISION   CHANGE-CAUSE    ACTOR   TIME                  OUTCOME        CLUSTERS",
                        "1          first release   mina    2026-11-22 12:01:00   ✔ Completed    2/2",
                        "2          <none>          mina    2026-11-22 12:02:00   ✖ Failed       1/2, Failed: onprem-busan",
                        "3          <none>          mina    2026-11-22 12:03:00   ◌ InProgress   0/4, InProgress: a b c +1");
    }

    @Test
    void theHistoryOfWhatWasDeletedEndsWithWhoWhenAndWhy() {
        var history = List.of(
                deleted(revision(1, "Removed", ended("gke-seoul", "Completed")), ""),
                deleted(revision(2, "Removed", ended("gke-seoul", "Completed")), "no longer needed"));

        assertThat(new History(Paint.PLAIN, ZoneOffset.UTC).lines(history))
                .containsExactly(
                        "REVISION   CHANGE-CAUSE                ACTOR   TIME                  OUTCOME     CLUSTERS",
                        "1          first release               mina    2026-11-22 12:01:00     Removed   1/1",
                        "-          deleted                     jun     2026-11-22 13:01:00     Deleted",
                        "2          <none>                      mina    2026-11-22 12:02:00     Removed   1/1",
                        "-          deleted: no longer needed   jun     2026-11-22 13:02:00     Deleted");
        assertThat(new Tables(Paint.PLAIN, false, NOON).releases(history.reversed(), false))
                .satisfies(lines -> assertThat(lines.get(1))
                        .startsWith("hello     deleted: no longer needed   jun ")
                        .endsWith("  Deleted"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "PT0S, 0s",
        "PT1M59S, 119s",
        "PT2M, 2m",
        "PT5M30S, 5m30s",
        "PT90M, 90m",
        "PT3H, 3h",
        "PT3H20M, 3h20m",
        "PT40H, 40h",
        "P3DT4H, 3d4h",
        "P20D, 20d",
        "P900D, 2y",
        "-PT5S, 0s"
    })
    void agesAreKubectls(Duration age, String shown) {
        assertThat(Age.of(age)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"hello, 5, hello", "hello, 4, hel…", "⟳ hello, 4, ⟳ h…"})
    void aLineIsCutAtTheEdge(String text, int columns, String cut) {
        assertThat(Table.cut(text, columns)).isEqualTo(cut);
    }

    @Test
    void aColouredLineIsCutByWhatIsSeenAndEndsItsColour() {
        assertThat(Table.cut(Paint.COLOURED.good("✔ Healthy"), 5)).isEqualTo("\u001b[32m✔ He…\u001b[0m");
    }
}
