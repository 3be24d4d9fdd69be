package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.show.Output;
import dev.shiplog.protocol.view.Receipt;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Gives a command and tells what became of it. */
final class Submission {

    private static final Duration OUTCOME = Duration.ofSeconds(30);

    private final Session session;
    private final SubmitOptions options;

    Submission(Session session, SubmitOptions options) {
        this.session = session;
        this.options = options;
    }

    /** The command in the JSON form of {@code shiplog.v1.Command}. */
    ObjectNode command(AppName app, String action, ObjectNode body) {
        var command = ShiplogApi.JSON.createObjectNode();
        command.put("id", UUID.randomUUID().toString());
        command.put("source", "cli");
        command.put("application", app.key());
        command.put("actor", session.actor());
        if (!options.reason.isEmpty()) {
            command.put("reason", options.reason);
        }
        command.set(action, body);
        return command;
    }

    /** Submits and tells the outcome; with {@code --wait} follows it to its end. Returns the exit code. */
    int submit(AppName app, String action, ObjectNode body, String done, Selection selection) {
        return submit(app, action, body, done, selection, Following.Goal.ROLLED_OUT);
    }

    int submit(AppName app, String action, ObjectNode body, String done, Selection selection, Following.Goal goal) {
        var receipt = outcome(app, command(app, action, body), done);
        return options.waits()
                ? new Following(session, app, selection, session.console().err(), options.goal(goal))
                        .untilDone(receipt.revision(), options.timeout())
                : 0;
    }

    Receipt outcome(AppName app, ObjectNode command, String done) {
        var wait = options.timeout != null && options.timeout.compareTo(OUTCOME) < 0 ? options.timeout : OUTCOME;
        var receipt = session.api()
                .submit(command, wait, options.timeout())
                .orElseThrow(() -> Failure.timeout("it is not known whether the command was handed in; " + history(app)
                        + " shows whether it was, before you give it again"));
        switch (receipt.status()) {
            case "accepted" -> tell(app, receipt, done);
            case "pending" ->
                throw Failure.timeout("command " + receipt.commandId() + " has no outcome after " + wait.toSeconds()
                        + "s; it is kept and will still be carried out: " + history(app) + " shows whether it was");
            default -> throw Failure.byServer(receipt.code(), receipt.message());
        }
        return receipt;
    }

    private static String history(AppName app) {
        return "shiplog rollout history " + app.name() + " -n " + app.namespace();
    }

    private void tell(AppName app, Receipt receipt, String done) {
        var output = options.output.output();
        if (output.isDocument()) {
            session.console().out().println(output.document(ShiplogApi.JSON.valueToTree(receipt)));
        } else if (output == Output.NAME) {
            session.console().out().println(app);
        } else {
            session.console().out().println(app + " " + (receipt.message().isBlank() ? done : receipt.message()));
        }
    }
}
