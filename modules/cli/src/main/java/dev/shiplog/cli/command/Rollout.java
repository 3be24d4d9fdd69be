package dev.shiplog.cli.command;

import dev.shiplog.cli.api.ShiplogApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "rollout",
        header = "Follow, hold, promote, and take back what is being released.",
        subcommands = {
            RolloutStatus.class,
            RolloutHistory.class,
            Rollout.Pause.class,
            Rollout.Resume.class,
            Progressive.Promote.class,
            Progressive.Abort.class,
            Progressive.Retry.class,
            RolloutUndo.class,
            Rollout.Restart.class
        })
final class Rollout extends Group {

    /** Commands that say on what, and little besides. */
    abstract static class Verb implements Callable<Integer> {

        private final Session session;
        private final String action;
        private final String done;
        private final Following.Goal goal;

        @Parameters(paramLabel = "APP", description = "The application, e.g. hello or app/hello.")
        String app = "";

        @Mixin
        ClusterOptions clusters = new ClusterOptions();

        @Mixin
        SubmitOptions submit = new SubmitOptions();

        Verb(Session session, String action, String done) {
            this(session, action, done, Following.Goal.ROLLED_OUT);
        }

        Verb(Session session, String action, String done, Following.Goal goal) {
            this.goal = goal;
            this.session = session;
            this.action = action;
            this.done = done;
        }

        @Override
        public Integer call() {
            var body = ShiplogApi.JSON.createObjectNode();
            var selection = clusters.select(body);
            more(body);
            return new Submission(session, submit)
                    .submit(AppName.of(app, session), action, body, done(), selection, goal);
        }

        /** What a verb asks beside where. */
        void more(ObjectNode body) {}

        /** What is told when it is accepted. */
        String done() {
            return done;
        }
    }

    @Command(
            name = "pause",
            header = "Hold a rollout where it is, some pods new and the rest old.",
            description = {
                "",
                "Until it is resumed, it can be neither undone nor restarted. Scaling works all the same.",
                ""
            },
            footer = {
                "",
                "Examples:",
                "  shiplog rollout pause hello",
                "  shiplog rollout pause hello --clusters gke-seoul --reason 'looking at the error rate'"
            })
    static final class Pause extends Verb {
        Pause(Session session) {
            super(session, "pause", "paused");
        }
    }

    @Command(
            name = "resume",
            header = "Let a paused rollout go on exactly where it was.",
            footer = {
                "",
                "Examples:",
                "  shiplog rollout resume hello",
                "  shiplog rollout resume hello -l provider=gke --wait"
            })
    static final class Resume extends Verb {
        Resume(Session session) {
            super(session, "resume", "resumed");
        }
    }

    @Command(
            name = "restart",
            header = "Replace all pods of an application by new ones of the same revision's template.",
            description = {"", "Makes a new revision.", ""},
            footer = {"", "Examples:", "  shiplog rollout restart hello --reason 'new certificate on the nodes'"})
    static final class Restart extends Verb {
        Restart(Session session) {
            super(session, "restart", "restarted");
        }
    }
}
