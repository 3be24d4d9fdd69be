package dev.shiplog.cli.show;

import static dev.shiplog.cli.Views.NOON;
import static dev.shiplog.cli.Views.canary;
import static dev.shiplog.cli.Views.colours;
import static dev.shiplog.cli.Views.degraded;
import static dev.shiplog.cli.Views.healthy;
import static dev.shiplog.cli.Views.hello;
import static dev.shiplog.cli.Views.paused;
import static dev.shiplog.cli.Views.progressing;
import static dev.shiplog.cli.Views.refused;
import static dev.shiplog.cli.Views.unwritten;
import static dev.shiplog.cli.Views.withoutImage;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveTreeTest {

    @Test
    void aReleaseOnItsWay() {
        var app = hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1), degraded("onprem-busan", 2));

        assertThat(String.join("\n", new LiveTree(Paint.PLAIN).lines(app, NOON)) + "\n")
                .isEqualTo("""
                        Name:            hello
                        Namespace:       default
                        Status:          ✖ Degraded
                        Message:         Waiting for deployment "hello" rollout to finish: 1 out of 3 new replicas have been updated...
                        Strategy:        rolling
                        Revision:        2
                        Images:          kelseyhightower/hello:2.0.0
                        Replicas:
                          Desired:       9
                          Current:       11
                          Updated:       5
                          Ready:         9
                          Available:     9

                        NAME                 KIND         STATUS          AGE   INFO
                        ⟳ hello              Release      ✖ Degraded      45s   revision:2, 1 of 3 clusters healthy
                        ├──gke-seoul         Cluster      ✔ Healthy       3s    10.96.0.7
                        │  └──# revision:2   Revision                           kelseyhightower/hello:2.0.0
                        │     └──⧉ hello     Deployment   ✔ Healthy             desired:3 current:3 updated:3 available:3
                        ├──eks-virginia      Cluster      ◌ Progressing   3s    eks, us-east-1, public
                        │  ├──# revision:2   Revision                           kelseyhightower/hello:2.0.0
                        │  │  └──⧉ hello     Deployment   ◌ Progressing         desired:3 current:4 updated:1 available:3
                        │  └──◷ waits                                           Waiting for deployment "hello" rollout to finish: 1 out of 3 new replicas have been updated...
                        └──onprem-busan      Cluster      ✖ Degraded      3s    onprem, kr-busan, private
                           ├──# revision:2   Revision                           kelseyhightower/hello:2.0.0
                           │  └──⧉ hello     Deployment   ✖ Degraded            desired:3 current:4 updated:1 available:3
                           ├──✖ failed                                          deployment "hello" exceeded its progress deadline
                           └──⚠ ImagePull    Trouble                            ImagePullBackOff: kelseyhightower/hello:2.0.0
                        """);
    }

    @Test
    void whatIsSaidByATroubleIsSaidOnce() {
        var lines = new LiveTree(Paint.PLAIN).lines(hello(2, refused("gke-seoul", 2)), NOON);

        assertThat(lines.subList(lines.indexOf("") + 1, lines.size()))
                .filteredOn(line -> line.contains("no such thing"))
                .singleElement()
                .asString()
                .contains("⚠ Invalid", "deployment \"hello\": no such thing");
    }

    @Test
    void aTroubleThatTheSentenceNamesIsSaidOnce() {
        var lines = new LiveTree(Paint.PLAIN).lines(hello(2, withoutImage("gke-seoul", 2)), NOON);

        assertThat(lines.subList(lines.indexOf("") + 1, lines.size()))
                .filteredOn(line -> line.contains("ErrImagePull"))
                .singleElement()
                .asString()
                .contains("✖ failed", "shiplog rollout abort");
    }

    @Test
    void aRevisionWithoutImagesIsNotLabelledWithThoseThatItWants() {
        var nothing = new LiveTree(Paint.PLAIN).lines(hello(2, unwritten("gke-seoul", 2)), NOON);

        assertThat(nothing)
                .filteredOn(line -> line.contains("# revision:2"))
                .singleElement()
                .asString()
                .endsWith("nothing runs");
    }

    @Test
    void aCanaryAndColoursSideBySide() {
        var app = hello(2, canary("gke-seoul", null), colours("eks-virginia", false), colours("onprem-busan", true));

        var lines = new LiveTree(Paint.PLAIN).lines(app, NOON);

        assertThat(lines.subList(3, lines.indexOf("Replicas:")))
                .containsExactly(
                        "Message:         paused at step 2 of 4 (pause: until promoted); shiplog rollout promote hello",
                        "Strategy:        canary (gke-seoul), blueGreen (eks-virginia, onprem-busan)",
                        "  Step:          2/4 pause: until promoted (gke-seoul)",
                        "  Step:          1/2 preview (eks-virginia)",
                        "  Weight:        actual 25% of pods, wanted 25% (gke-seoul)",
                        "  Active:        blue (eks-virginia)",
                        "  Active:        green (onprem-busan)",
                        "  Preview:       green (eks-virginia)",
                        "Revision:        2",
                        "Images:          kelseyhightower/hello:2.0.0");
        assertThat(lines)
                .filteredOn(line -> line.contains("⧉") || line.contains("#"))
                .extracting(line -> line.replaceAll(" {2,}", " ").strip())
                .containsExactly(
                        "│ ├──# revision:2 Revision kelseyhightower/hello:2.0.0",
                        "│ │ └──⧉ hello-canary Deployment ✔ Healthy canary desired:1 current:1 updated:1 available:1"
                                + " (actual 25% of pods, wanted 25%)",
                        "│ ├──# revision:1 Revision kelseyhightower/hello:1.0.0",
                        "│ │ └──⧉ hello Deployment ✔ Healthy stable desired:3 current:3 updated:3 available:3",
                        "│ ├──# revision:2 Revision kelseyhightower/hello:2.0.0",
                        "│ │ └──⧉ hello-green Deployment ✔ Healthy preview desired:3 current:3 updated:3 available:3",
                        "│ ├──# revision:1 Revision kelseyhightower/hello:1.0.0",
                        "│ │ └──⧉ hello-blue Deployment ✔ Healthy active desired:3 current:3 updated:3 available:3",
                        "├──# revision:2 Revision kelseyhightower/hello:2.0.0",
                        "│ └──⧉ hello-green Deployment ✔ Healthy active desired:3 current:3 updated:3 available:3",
                        "└──# revision:1 Revision kelseyhightower/hello:1.0.0",
                        "└──⧉ hello-blue Deployment ✔ Healthy kept for 30s more, desired:3 current:3 updated:3"
                                + " available:3");
    }

    @Test
    void aPauseSaysHowLongItStillTakes() {
        var app = hello(2, canary("gke-seoul", NOON.plusSeconds(252)));

        assertThat(new LiveTree(Paint.PLAIN).lines(app, NOON))
                .filteredOn(line -> line.contains("paused at"))
                .allMatch(line -> line.endsWith("paused at step 2 of 4 (pause: 5m) for 4m12s more"))
                .hasSize(2);
        assertThat(new LiveTree(Paint.PLAIN).lines(app, NOON.plusSeconds(300)))
                .filteredOn(line -> line.contains("paused at"))
                .allMatch(line -> line.endsWith("for 0s more"));
        assertThat(LiveTree.log(app)).anyMatch(line -> line.endsWith("until " + NOON.plusSeconds(252)));
    }

    @Test
    void aLogHasALineForEachClusterAndNothingThatAlwaysChanges() {
        assertThat(LiveTree.log(hello(2, paused("gke-seoul", 2, 1), progressing("eks-virginia", 2, 1))))
                .containsExactly(
                        "⟳ hello revision:2 ॥ Paused",
                        "gke-seoul revision:2 ॥ Paused desired:3 current:4 updated:1 available:3",
                        "eks-virginia revision:2 ◌ Progressing desired:3 current:4 updated:1 available:3 Waiting for"
                                + " deployment \"hello\" rollout to finish: 1 out of 3 new replicas have been updated...");
    }

    @Test
    void coloursChangeNothingButColour() {
        var app = hello(2, healthy("gke-seoul", 2), degraded("onprem-busan", 2));
        var coloured = String.join("\n", new LiveTree(Paint.COLOURED).lines(app, NOON));

        assertThat(coloured).contains("\u001b[31m✖ Degraded\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(String.join("\n", new LiveTree(Paint.PLAIN).lines(app, NOON)));
    }
}
