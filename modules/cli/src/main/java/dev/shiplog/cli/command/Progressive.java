package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** What is said about a canary or about colours on their way. */
final class Progressive {

    private Progressive() {}

    @Command(
            name = "promote",
            header = "Let a rollout that waits in a step go on.",
            description = {
                "",
                "Ends the pause that a canary is in; lets users come to the new colour of a blue-green rollout. With --full "
                        + "every step that is left is skipped.",
                ""
            },
            footer = {
                "",
                "Examples:",
                "  shiplog rollout promote hello",
                "  shiplog rollout promote hello --clusters gke-seoul --wait",
                "  shiplog rollout promote hello --full --wait --reason 'no errors for an hour'"
            })
    static final class Promote extends Rollout.Verb {

        @Option(names = "--full", description = "Skip every step that is left.")
        boolean full;

        Promote(Session session) {
            super(session, "promote", "promoted");
        }

        @Override
        void more(ObjectNode body) {
            if (full) {
                body.put("full", true);
            }
        }
    }

    @Command(
            name = "abort",
            header = "Give up a release that is on its way or has failed: back to the last good one.",
            description = {
                "",
                "The pods of the last good release are made whole before any of the new one goes. What is completed is taken "
                        + "back by shiplog rollout undo. With --wait the exit code is 0 once it is back.",
                ""
            },
            footer = {
                "",
                "Examples:",
                "  shiplog rollout abort hello --wait",
                "  shiplog rollout abort hello --clusters gke-seoul --reason 'errors since the canary came'"
            })
    static final class Abort extends Rollout.Verb {

        @Mixin
        ForceOption force = new ForceOption();

        Abort(Session session) {
            super(session, "abort", "aborted", Following.Goal.GIVEN_UP);
        }

        @Override
        void more(ObjectNode body) {
            force.into(body);
        }
    }

    @Command(
            name = "retry",
            header = "Try again where a release has failed or was aborted.",
            description = {"", "Makes a new revision of the same content. Clusters where it is done are left alone.", ""
            },
            footer = {
                "",
                "Examples:",
                "  shiplog rollout retry hello --wait",
                "  shiplog rollout retry hello --clusters onprem-busan --reason 'the quota has been raised'",
                "  shiplog rollout retry hello --force-conflicts    # though somebody else has changed the Service"
            })
    static final class Retry extends Rollout.Verb {

        @Mixin
        ForceOption force = new ForceOption();

        Retry(Session session) {
            super(session, "retry", "is tried again");
        }

        @Override
        void more(ObjectNode body) {
            force.into(body);
        }
    }

    @Command(
            name = "switch",
            header = "Let users come to the blue or to the green pods, all at once.",
            description = {
                "",
                "A colour that waits to be looked at is promoted. A colour that served before comes back with its revision: "
                        + "at once as long as its pods are kept (scaleDownDelay), else as soon as they are up again.",
                "",
                "Where somebody else has pointed a Service at another colour, --force-conflicts settles it: with the colour "
                        + "that Shiplog means the Service is set back, with the other one that is meant from then on.",
                ""
            },
            footer = {
                "",
                "Examples:",
                "  shiplog switch hello --to green --wait",
                "  shiplog switch hello --to blue --clusters gke-seoul --reason 'complaints since noon'",
                "  shiplog switch hello --to blue --force-conflicts --wait"
            })
    static final class Switch extends Rollout.Verb {

        @Option(
                names = "--to",
                required = true,
                paramLabel = "COLOUR",
                completionCandidates = Colours.class,
                description = "blue or green.")
        String to = "";

        @Mixin
        ForceOption force = new ForceOption();

        Switch(Session session) {
            super(session, "switch", "switched");
        }

        @Override
        void more(ObjectNode body) {
            if (!Colours.ALL.contains(to)) {
                throw Failure.usage("\"" + to + "\" is no colour; there are blue and green");
            }
            body.put("to", to);
            force.into(body);
        }

        @Override
        String done() {
            return super.done() + " to " + to;
        }
    }

    static final class Colours implements Iterable<String> {
        static final List<String> ALL = List.of("blue", "green");

        @Override
        public java.util.Iterator<String> iterator() {
            return ALL.iterator();
        }
    }
}
