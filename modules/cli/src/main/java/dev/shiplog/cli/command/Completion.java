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
                            case "bash" -> AutoComplete.bash("shiplog", root);
                            case "zsh" -> zsh(AutoComplete.bash("shiplog", root));
                            case "fish" -> FishCompletion.script(root.getCommandSpec());
                            default ->
                                throw Failure.usage(
                                        "no completion for \"" + shell + "\"; there are bash, zsh and fish");
                        });
        return ExitCode.DONE;
    }

    /** The script for bash runs in zsh as well, which loads what it needs for it; what it says of itself is bash's. */
    private static String zsh(String bash) {
        return """
                # Completes shiplog's commands in zsh, by zsh's own bashcompinit. In ~/.zshrc:
                #
                #   source <(shiplog completion zsh)

                """ + bash.substring(bash.indexOf("if [ -n \"$BASH_VERSION\" ]"));
    }
}
