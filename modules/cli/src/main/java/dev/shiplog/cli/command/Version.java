package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "version",
        header = "Show the version of this command line and of the server.",
        footer = {"", "Examples:", "  shiplog version", "  shiplog version --client", "  shiplog version -o json"})
final class Version implements Callable<Integer>, IVersionProvider {

    private final Session session;

    @Option(names = "--client", description = "Only of this command line.")
    boolean clientOnly;

    @Mixin
    OutputOption output = new OutputOption();

    Version(Session session) {
        this.session = session;
    }

    static String client() {
        try (var stream = Version.class.getResourceAsStream("/dev/shiplog/cli/version.txt")) {
            return stream == null ? "unknown" : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"shiplog " + client()};
    }

    @Override
    public Integer call() {
        var form = output.output();
        var versions = ShiplogApi.JSON.createObjectNode();
        versions.put("client", client());
        Failure unreachable = null;
        if (!clientOnly) {
            try {
                versions.put(
                        "server",
                        session.api()
                                .get("/openapi.json")
                                .path("info")
                                .path("version")
                                .asString("unknown"));
            } catch (Failure failure) {
                unreachable = failure;
            }
        }
        var out = session.console().out();
        if (form.isDocument()) {
            out.println(form.document(versions));
        } else {
            out.println("client: shiplog " + client());
            if (versions.has("server")) {
                out.println("server: API version " + versions.path("server").asString("") + " at "
                        + session.api().server());
            }
        }
        if (unreachable != null) {
            session.console().say(unreachable.sentence());
        }
        return ExitCode.DONE;
    }
}
