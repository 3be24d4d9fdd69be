package dev.shiplog.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command line that is wrong is said to be, in a line, before anything is started. */
class MainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up --port 99999  | error: --port must be between 0 and 65535, not 99999",
                "demo --port -1   | error: --port must be between 0 and 65535, not -1",
                "up --bogus       | error: unknown option: '--bogus'",
                "serve            | error: missing required option: '--config=FILE'"
            })
    void isToldInALine(String call, String told) {
        var said = new StringWriter();
        var line = Main.commandLine().setErr(new PrintWriter(said, true));

        assertThat(line.execute(call.split(" +"))).isEqualTo(2);
        assertThat(said.toString().lines()).containsExactly(told, "see: shiplog " + call.split(" +")[0] + " --help");
    }
}
