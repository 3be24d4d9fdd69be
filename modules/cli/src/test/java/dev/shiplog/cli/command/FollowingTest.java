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
    void status_says_when_what_it_follows_is_old() {
        api.streamsStale("hello", "the read model has stood still since noon", hello(2, healthy("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err())
                .isEqualTo("warning: what is shown is old: the read model has stood still since noon\n");
    }

    @Test
    void status_says_what_each_cluster_waits_for_and_ends_when_all_are_done() {
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
    void a_degraded_cluster_fails_it_once_the_others_are_done() {
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
    void the_advice_of_a_cluster_is_not_followed_by_another_one() {
        api.streams("hello", hello(2, withoutImage("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.lines().toString()).contains("shiplog rollout abort hello takes it away");
        assertThat(answer.err())
                .isEqualTo(
                        "error: app/hello is degraded on gke-seoul; shiplog describe app hello -n default says more\n");
    }

    @Test
    void after_a_first_release_there_is_no_way_back() {
        api.streams("hello", hello(1, degraded("gke-seoul", 1)));

        assertThat(terminal.run("rollout", "status", "hello").err()).doesNotContain("undo");
    }

    @Test
    void what_takes_too_long_says_what_it_still_waits_for() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2), paused("eks-virginia", 2, 1)));

        var answer = terminal.withRealClock().run("rollout", "status", "hello", "--timeout", "1s");

        assertThat(answer.exitCode()).isEqualTo(124);
        assertThat(answer.err()).isEqualTo("error: timed out after 1s waiting for app/hello\n  eks-virginia: paused\n");
    }

    @Test
    void what_waits_for_somebody_has_come_as_far_as_it_goes_by_itself() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2), canary("eks-virginia", null)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines())
                .endsWith("eks-virginia: paused at step 2 of 4 (pause: until promoted); shiplog rollout promote hello");
    }

    @Test
    void it_is_waited_for_where_that_is_asked() {
        api.streams("hello", hello(2, canary("gke-seoul", null)), hello(2, healthy("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello", "--wait-for-promotion");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines()).hasSize(2).endsWith("gke-seoul: deployment \"hello\" successfully rolled out");
    }

    @Test
    void a_pause_that_ends_by_itself_is_waited_for() {
        api.streams("hello", hello(2, canary("gke-seoul", NOON)), hello(2, healthy("gke-seoul", 2)));

        assertThat(terminal.run("rollout", "status", "hello").lines()).hasSize(2);
    }

    @Test
    void what_was_aborted_fails_a_status_and_is_what_an_abort_waits_for() {
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
    void a_selection_is_all_that_is_waited_for() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2), progressing("eks-virginia", 2, 1)));

        var answer = terminal.run("rollout", "status", "hello", "-l", "provider in (gke, aks)");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("gke-seoul: deployment \"hello\" successfully rolled out\n");
    }

    @Test
    void a_selection_without_any_of_its_clusters_is_refused() {
        api.streams("hello", hello(2, healthy("gke-seoul", 2)));

        assertThat(terminal.run("rollout", "status", "hello", "--clusters", "mars")
                        .err())
                .isEqualTo("error: app/hello is on none of the selected clusters; it is on gke-seoul\n");
    }

    @Test
    void a_newer_revision_ends_the_wait_for_an_older_one() {
        api.streams("hello", hello(3, progressing("gke-seoul", 3, 1)));

        var answer = terminal.run("rollout", "status", "hello", "--revision", "2");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualTo(
                        "error: revision 2 of app/hello was superseded by revision 3; shiplog rollout history hello -n"
                                + " default shows by whom\n");
    }

    @Test
    void of_two_revisions_that_one_command_made_neither_supersedes_the_other() {
        api.streams("hello", hello(3, healthy("eks-virginia", 2), healthy("gke-seoul", 3)));

        assertThat(terminal.run("rollout", "status", "hello", "--revision", "2").exitCode())
                .isZero();
    }

    @Test
    void a_connection_that_breaks_is_opened_again() {
        api.streams("hello", hello(2, progressing("gke-seoul", 2, 1)))
                .streams("hello", hello(2, healthy("gke-seoul", 2)));

        var answer = terminal.run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEqualTo("the server ended the stream; trying again\n");
    }

    @Test
    void a_server_that_never_answered_is_not_waited_for() {
        var nobody = api.address();
        api.close();

        var answer = new Terminal(nobody).run("rollout", "status", "hello");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).startsWith("error: no Shiplog answers at " + nobody + " (connection refused); start");
    }

    @Test
    void an_unknown_application_is_refused_at_once() {
        var answer = terminal.run("rollout", "status", "nobody");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("error: nothing is known of /v1/apps/default/nobody/watch\n");
    }

    @Test
    void without_watching_it_only_says_how_it_is() {
        api.shows("/v1/apps/default/hello", hello(2, progressing("gke-seoul", 2, 1)));

        var answer = terminal.run("rollout", "status", "hello", "--watch=false");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .isEqualTo("gke-seoul: Waiting for deployment \"hello\" rollout to finish: 1 out of 3 new replicas have"
                        + " been updated...\n");
    }

    @Test
    void waiting_begins_with_the_revision_that_the_command_made() {
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
    void a_deletion_is_waited_for_until_the_application_is_gone() {
        api.streamsDeletion("hello");

        assertThat(terminal.run("delete", "app", "hello", "--wait").exitCode()).isZero();
    }
}
