package dev.shiplog.cli.command;

import dev.shiplog.cli.Console;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What every command of one call shares: the console, the clock, and what the options that are everywhere say. */
public final class Session implements AutoCloseable {

    static final String SERVER = "http://127.0.0.1:7070";
    static final String NAMESPACE = "default";

    private final Console console;
    private final Clock clock;
    private @Nullable String server;
    private @Nullable String namespace;
    private @Nullable String actor;
    private @Nullable ShiplogApi api;

    public Session(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    void server(String address) {
        server = address;
    }

    void namespace(String name) {
        namespace = name;
    }

    void actor(String name) {
        actor = name;
    }

    Console console() {
        return console;
    }

    Clock clock() {
        return clock;
    }

    String namespace() {
        return namespace == null ? NAMESPACE : namespace;
    }

    /** The namespace, only if somebody named one. */
    @Nullable String givenNamespace() {
        return namespace;
    }

    /** Who asks: until there is authentication, whoever the submitter says. */
    String actor() {
        return actor == null ? console.variable("SHIPLOG_ACTOR", System.getProperty("user.name", "unknown")) : actor;
    }

    ShiplogApi api() {
        var opened = api;
        if (opened == null) {
            opened = new ShiplogApi(
                    address(server == null ? console.variable("SHIPLOG_SERVER", SERVER) : server), console::stale);
            api = opened;
        }
        return opened;
    }

    private static URI address(String text) {
        var address = text.contains("://") ? text : "http://" + text;
        try {
            var uri = new URI(address);
            if (uri.getHost() != null
                    && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            // Told below.
        }
        throw Failure.usage("\"" + text + "\" is no address of a server; write it as " + SERVER);
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
    }
}
