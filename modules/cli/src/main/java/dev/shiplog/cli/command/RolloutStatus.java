package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        header = "Wait until an application is rolled out, and say what it waits for.",
        description = {
            "",
            "Exit code 0 when it is healthy on every selected cluster, 1 when it is degraded on one or a newer release "
                    + "has taken its place or it was aborted, 124 when it took longer than --timeout.",
            "",
            "A rollout that waits until somebody promotes it has come as far as it goes by itself: that is told, and is "
                    + "exit code 0, so that a pipeline can end and another one promote it; 1 if its Service is gone, leads "
                    + "elsewhere or to nobody, since that is degraded. With --wait-for-promotion it is "
                    + "waited for until it is rolled out. A pause that ends by itself is waited for in any case.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shiplog rollout status hello",
            "  shiplog rollout status app/hello --timeout 2m --clusters gke-seoul,eks-virginia",
            "  shiplog rollout status hello --wait-for-promotion --timeout 1h",
            "  shiplog rollout status hello --watch=false"
        })
final class RolloutStatus implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "APP", description = "The application, e.g. hello or app/hello.")
    String app = "";

    @Mixin
    ClusterOptions clusters = new ClusterOptions();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long to wait, e.g. 90s or 5m; 0 for as long as it takes, which is the default.")
    Duration timeout = Duration.ZERO;

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "Wait for this revision; another one that takes its place is a failure. Default: the newest.")
    int revision;

    @Option(
            names = {"-w", "--watch"},
            negatable = true,
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait; --watch=false only says how it is now.")
    boolean watch = true;

    @Option(
            names = "--wait-for-promotion",
            description = "Go on waiting while a rollout waits until somebody promotes it.")
    boolean waitsForPromotion;

    RolloutStatus(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (revision < 0) {
            throw Failure.usage("--revision must be 0 or more, not " + revision);
        }
        var name = AppName.of(app, session);
        var following = new Following(
                session,
                name,
                clusters.selection(),
                session.console().out(),
                waitsForPromotion ? Following.Goal.PROMOTED : Following.Goal.ROLLED_OUT);
        return watch ? following.untilDone(revision, timeout) : following.now();
    }
}
