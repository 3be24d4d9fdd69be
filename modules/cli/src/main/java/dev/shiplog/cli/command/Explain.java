package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.releasefile.Schema;
import dev.shiplog.cli.show.Explanation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        header = "Say what the fields of a release file or a cluster.yaml mean: type, default, meaning.",
        footer = {
            "",
            "Examples:",
            "  shiplog explain release",
            "  shiplog explain release --recursive",
            "  shiplog explain release.spec.strategy.rolling",
            "  shiplog explain cluster.spec.namespaces"
        })
final class Explain implements Callable<Integer> {

    private final Session session;

    @Parameters(
            paramLabel = "release|cluster[.PATH]",
            description = "A field by its path, e.g. release.spec.overrides.replicas.")
    String path = "";

    @Option(names = "--recursive", description = "All fields below it, without their descriptions.")
    boolean recursive;

    Explain(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        new Explanation(
                        List.of(Schema.ofRelease(), Schema.ofCluster()),
                        session.console().paint())
                .lines(path, recursive)
                .forEach(session.console().out()::println);
        return ExitCode.DONE;
    }
}
