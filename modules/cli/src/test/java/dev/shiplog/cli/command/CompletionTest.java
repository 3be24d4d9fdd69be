package dev.shiplog.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"bash, bash -n", "zsh, zsh -n", "fish, fish --no-execute"})
    void scriptsAreOnesThatTheShellCanRead(String shell, String check) throws Exception {
        var program = check.substring(0, check.indexOf(' '));
        assumeTrue(isThere(program), program + " is not on this machine");
        var script = Files.writeString(folder.resolve("script"), script(shell));

        var process = new ProcessBuilder(program, check.substring(check.indexOf(' ') + 1), script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void bashCompletesACommandInTheMiddle() throws Exception {
        assumeTrue(isThere("bash"), "bash is not on this machine");
        var script = script("bash")
                + "COMP_WORDS=(shiplog rollout st) COMP_CWORD=2; _complete_shiplog; echo \"${COMPREPLY[@]}\"\n";
        var process = new ProcessBuilder("bash", "-c", script).start();

        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                .isEqualTo("status");
    }

    @Test
    void zshCompletesACommandInTheMiddle() throws Exception {
        assertThat(script("zsh"))
                .startsWith("# Completes shiplog's commands in zsh")
                .doesNotContain("#!", "bash_profile");
        assumeTrue(isThere("zsh"), "zsh is not on this machine");
        // As bashcompinit calls it.
        var script = script("zsh") + "setopt KSH_ARRAYS\n"
                + "COMP_WORDS=(shiplog rollout st) COMP_CWORD=2; _complete_shiplog; echo \"${COMPREPLY[@]}\"\n"
                + "[[ -n ${_comps[shiplog]} ]] && echo registered\n";
        var process = new ProcessBuilder("zsh", "-f", "-c", script).start();

        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                // zsh itself leaves out what does not begin as was typed.
                .startsWith("status ")
                .endsWith("\nregistered");
    }

    @Test
    void fishKnowsEachCommandAndOption() {
        assertThat(script("fish"))
                .contains(
                        "complete -c shiplog -n '__fish_use_subcommand' -a rollout ",
                        "complete -c shiplog -n '__fish_seen_subcommand_from rollout; and not __fish_seen_subcommand_from status"
                                + " history pause resume promote abort retry undo restart' -a undo ",
                        "-n '__fish_seen_subcommand_from rollout; and __fish_seen_subcommand_from undo' -l to-revision -r");
    }

    private static String script(String shell) {
        return new Terminal("http://127.0.0.1:1").run("completion", shell).out();
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
