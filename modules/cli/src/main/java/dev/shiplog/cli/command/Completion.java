package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        header = "Print a script that completes shiplog's commands in your shell.",
        footer = {
            "",
            "Examples:",
            "  source <(shiplog completion bash)",
            "  source <(shiplog completion zsh)",
            "  shiplog completion fish > ~/.config/fish/completions/shiplog.fish"
        })
final class Completion implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    String shell = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command is called.
    CommandSpec spec;

    Completion(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        session.console()
                .out()
                .print(
                        switch (shell) {
                            // The script that picocli writes is for both: it loads bash's completion where it finds
                            // itself in zsh.
                            case "bash", "zsh" -> AutoComplete.bash("shiplog", root);
                            case "fish" -> FishCompletion.script(root.getCommandSpec());
                            default ->
                                throw Failure.usage(
                                        "no completion for \"" + shell + "\"; there are bash, zsh and fish");
                        });
        return ExitCode.DONE;
    }
}
