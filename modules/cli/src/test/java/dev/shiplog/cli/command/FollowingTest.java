package dev.shiplog.cli.command;

import static dev.shiplog.cli.Views.NOON;
import static dev.shiplog.cli.Views.aborted;
import static dev.shiplog.cli.Views.canary;
import static dev.shiplog.cli.Views.degraded;
import static dev.shiplog.cli.Views.healthy;
import static dev.shiplog.cli.Views.hello;
import static dev.shiplog.cli.Views.paused;
import static dev.shiplog.cli.Views.progressing;
import static dev.shiplog.cli.Views.withoutImage;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a rollout is followed to its end, and what exit code it has then. */
class FollowingTest {

    private final FakeApi api = new FakeApi();
    private final Terminal terminal = new Terminal(api);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void statusSaysWhenWhatItFollowsIsOld() {
        api.streamsStale("hello", "the read model has stood still since noon", hello(2, healthy("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err())
                .isEqualTo("warning: what is shown is old: the read model has stood still since noon\n");
    }

    @Test
    void statusSaysWhatEachClusterWaitsForAndEndsWhenAllAreDone() {
        api.streams(
                "hello",
                hello(2, progressing("gke-seoul", 2, 0), progressing("eks-virginia", 2, 0)),
                hello(2, progressing("gke-seoul", 2, 1), progressing("eks-virginia", 2, 0)),
                hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 2)),
                hello(2, healthy("gke-seoul", 2), healthy("eks-virginia", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("""
                        gke-seoul: Waiting for deployment "hello" rollout to finish: 0 out of 3 new replicas have been updated...
                        eks-virginia: Waiting for deployment "hello" rollout to finish: 0 out of 3 new replicas have been updated...
                        gke-seoul: Waiting for deployment "hello" rollout to finish: 1 out of 3 new replicas have been updated...
                        gke-seoul: deployment "hello" successfully rolled out
                        eks-virginia: Waiting for deployment "hello" rollout to finish: 2 out of 3 new replicas have been updated...
                        eks-virginia: deployment "hello" successfully rolled out
                        """);
    }

    @Test
    void aDegradedClusterFailsItOnceTheOthersAreDone() {
        api.streams(
                "hello",
                hello(2, degraded("gke-seoul", 2), progressing("eks-virginia", 2, 1)),
                hello(2, degraded("gke-seoul", 2), healthy("eks-virginia", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.lines()).endsWith("eks-virginia: deployment \"hello\" successfully rolled out");
        assertThat(answer.err())
                .isEqualTo("error: app/hello is degraded on gke-seoul; shiplog describe app hello -n default says more,"
                        + " shiplog rollout undo hello -n default goes back\n");
    }

    @Test
    void theAdviceOfAClusterIsNotFollowedByAnotherOne() {
        api.streams("hello", hello(2, withoutImage("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.lines().toString()).contains("shiplog rollout abort hello takes it away");
        assertThat(answer.err())
                .isEqualTo(
                        "error: app/hello is degraded on gke-seoul; shiplog describe app hello -n default says more\n");
    }

    @Test
    void afterAFirstReleaseThereIsNoWayBack() {
        api.streams("hello", hello(1, degraded("gke-seoul", 1)));

        assertThat(terminal.run("rollout", "status", "hello").err()).doesNotContain("undo");
    }

    @Test
    void whatTakesTooLongSaysWhatItStillWaitsFor() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2), paused("eks-virginia", 2, 1)));

        var answer = terminal.withRealClock().run("rollout", "status", "hello", "--timeout", "1s");

        assertThat(answer.exitCode()).isEqualTo(124);
        assertThat(answer.err()).isEqualTo("error: timed out after 1s waiting for app/hello\n  eks-virginia: paused\n");
    }

    @Test
    void whatWaitsForSomebodyHasComeAsFarAsItGoesByItself() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2), canary("eks-virginia", null)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines())
                .endsWith("eks-virginia: paused at step 2 of 4 (pause: until promoted); shiplog rollout promote hello");
    }

    @Test
    void itIsWaitedForWhereThatIsAsked() {
        api.streams("hello", hello(2, canary("gke-seoul", null)), hello(2, healthy("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello", "--wait-for-promotion");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines()).hasSize(2).endsWith("gke-seoul: deployment \"hello\" successfully rolled out");
    }

    @Test
    void aPauseThatEndsByItselfIsWaitedFor() {
        api.streams("hello", hello(2, canary("gke-seoul", NOON)), hello(2, healthy("gke-seoul", 2)));

        assertThat(terminal.run("rollout", "status", "hello").lines()).hasSize(2);
    }

    @Test
    void whatWasAbortedFailsAStatusAndIsWhatAnAbortWaitsFor() {
        api.streams("hello", hello(1, aborted("gke-seoul"), healthy("eks-virginia", 2)));

        var status = terminal.run("rollout", "status", "hello");
        var abort = terminal.run("rollout", "abort", "hello", "--wait");

        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.err())
                .isEqualTo("error: app/hello was aborted on gke-seoul; shiplog rollout retry hello -n default tries"
                        + " again\n");
        assertThat(abort.exitCode()).isZero();
        assertThat(abort.err()).contains("gke-seoul: revision 2 was aborted; revision 1 serves");
    }

    @Test
    void aSelectionIsAllThatIsWaitedFor() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1)));

        var answer = terminal.run("rollout", "status", "hello", "-l", "provider in (gke, aks)");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("gke-seoul: deployment \"hello\" successfully rolled out\n");
    }

    @Test
    void aSelectionWithoutAnyOfItsClustersIsRefused() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2)));

        assertThat(terminal.run("rollout", "status", "hello", "--clusters", "mars")
                        .err())
                .isEqualTo("error: app/hello is on none of the selected clusters; it is on gke-seoul\n");
    }

    @Test
    void aNewerRevisionEndsTheWaitForAnOlderOne() {
        api.streams("hello", hello(3, progressing("gke-seoul", 3, 1)));

        var answer = terminal.run("rollout", "status", "hello", "--revision", "2");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualTo(
                        "error: revision 2 of app/hello was superseded by revision 3; shiplog rollout history hello -n"
                                + " default shows by whom\n");
    }

    @Test
    void ofTwoRevisionsThatOneCommandMadeNeitherSupersedesTheOther() {
        api.streams("hello", hello(3, healthy("eks-virginia", 2), healthy("gke-seoul", 3)));

        assertThat(terminal.run("rollout", "status", "hello", "--revision", "2").exitCode())
                .isZero();
    }

    @Test
    void aConnectionThatBreaksIsOpenedAgain() {
        api.streams("hello", hello(2, progressing("gke-seoul", 2, 1)))
                .streams("hello", hello(2, healthy("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEqualTo("the server ended the stream; trying again\n");
    }

    @Test
    void aServerThatNeverAnsweredIsNotWaitedFor() {
        var nobody = api.address();
        api.close();

        var answer = new Terminal(nobody).run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).startsWith("error: no Shiplog answers at " + nobody + " (connection refused); start");
    }

    @Test
    void anUnknownApplicationIsRefusedAtOnce() {
        var answer = terminal.run("rollout", "status", "nobody");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("error: nothing is known of /v1/apps/default/nobody/watch\n");
    }

    @Test
    void withoutWatchingItOnlySaysHowItIs() {
        api.shows("/v1/apps/default/hello", hello(2, progressing("gke-seoul", 2, 1)));

        var answer = terminal.run("rollout", "status", "hello", "--watch=false");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .isEqualTo("gke-seoul: Waiting for deployment \"hello\" rollout to finish: 1 out of 3 new replicas have"
                        + " been updated...\n");
    }

    @Test
    void waitingBeginsWithTheRevisionThatTheCommandMade() {
        api.streams(
                        "hello",
                        hello(1, healthy("gke-seoul", 1)),
                        hello(2, progressing("gke-seoul", 2, 1)),
                        hello(2, healthy("gke-seoul", 2)))
                .receipts(receipt -> new dev.shiplog.protocol.view.Receipt(
                        receipt.commandId(), "cli", receipt.application(), "accepted", 2, List.of(), "", ""));

        var answer = terminal.run("set", "image", "hello", "hello=a:2", "--wait");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("app/hello image updated\n");
        assertThat(answer.err())
                .isEqualTo("gke-seoul: Waiting for deployment \"hello\" rollout to finish: 1 out of 3 new replicas have"
                        + " been updated...\ngke-seoul: deployment \"hello\" successfully rolled out\n");
    }

    @Test
    void aDeletionIsWaitedForUntilTheApplicationIsGone() {
        api.streamsDeletion("hello");

        var all = terminal.run("delete", "app", "hello", "--wait");
        assertThat(all.exitCode()).isZero();
        assertThat(all.err()).isEqualTo("app/hello is gone\n");

        api.streamsDeletion("hello");
        assertThat(terminal.run("delete", "app", "hello", "--wait", "--clusters", "gke-seoul")
                        .err())
                .isEqualTo("app/hello is gone from these clusters\n");
    }
}
