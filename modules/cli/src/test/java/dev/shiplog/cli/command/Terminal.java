package dev.shiplog.cli.command;

import dev.shiplog.cli.Console;
import dev.shiplog.cli.Views;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody who types commands and reads what is answered. */
final class Terminal {

    record Answer(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private final Map<String, String> environment = new HashMap<>();
    private boolean person;
    private String typed = "";
    private Clock clock = Clock.fixed(Views.NOON, ZoneOffset.UTC);

    Terminal(FakeApi api) {
        this(api.address());
    }

    Terminal(String server) {
        environment.put("SHIPLOG_SERVER", server);
        environment.put("SHIPLOG_ACTOR", "mina");
    }

    /** Both outputs are a terminal's. */
    Terminal ofPerson() {
        person = true;
        return this;
    }

    /** For what has to run out; otherwise it is always noon. */
    Terminal withRealClock() {
        clock = Clock.systemUTC();
        return this;
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal typing(String text) {
        typed = text;
        return this;
    }

    Answer run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                person,
                person,
                100,
                30,
                environment);
        int exitCode = CommandLines.run(console, clock, words);
        return new Answer(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
