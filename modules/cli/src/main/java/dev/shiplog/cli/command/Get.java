package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.api.Watch;
import dev.shiplog.cli.api.Watch.Sighting;
import dev.shiplog.cli.show.LiveTree;
import dev.shiplog.cli.show.Output;
import dev.shiplog.cli.show.Screen;
import dev.shiplog.cli.show.Tables;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "get",
        aliases = "list",
        header = "Show applications, clusters, releases or rollouts.",
        description = {
            "",
            "KIND is apps, clusters, releases or rollouts (an application on one cluster each); singular works as well. "
                    + "One application by name is shown as a tree: release, clusters, workloads. A release is named "
                    + "APP@REVISION.",
            "",
            "Signs: ✔ healthy, ◌ progressing, ॥ paused, ✖ degraded, ◷ waiting, ⚠ trouble; ⟳ release, # revision, "
                    + "⧉ workload. AGE of a release is since its last change, of a cluster in the tree since it last "
                    + "showed something.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shiplog get apps",
            "  shiplog get app hello --watch",
            "  shiplog get app hello -o json",
            "  shiplog get rollouts hello -l provider=gke -o wide",
            "  shiplog get clusters -o yaml",
            "  shiplog get releases hello@2"
        })
final class Get implements Callable<Integer> {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "KIND [NAME…]", description = "What to show.")
    List<String> words = List.of();

    @Mixin
    OutputOption output = new OutputOption();

    @Mixin
    ClusterOptions clusters = new ClusterOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Of every namespace.")
    boolean allNamespaces;

    @Option(
            names = {"-w", "--watch"},
            description = "Go on showing it as it changes; on a terminal it is drawn in place.")
    boolean watch;

    Get(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var asked = Kind.Asked.of(words);
        var form = output.output();
        if (watch && form != Output.TABLE && form != Output.WIDE) {
            throw Failure.usage("--watch shows tables and trees; for programs there is the stream "
                    + ShiplogApi.path("apps", "NAMESPACE", "NAME", "watch"));
        }
        boolean tree = asked.kind() == Kind.APP && asked.names().size() == 1 && form == Output.TABLE;
        if (watch && tree) {
            return watchTree(AppName.of(asked.names().getFirst(), session));
        }
        var screen = new Screen(session.console());
        while (true) {
            var found = found(asked);
            if (form.isDocument()) {
                session.console().out().println(form.document(document(asked, found)));
            } else if (form == Output.NAME) {
                found.forEach(item -> session.console().out().println(name(asked.kind(), item)));
            } else if (found.isEmpty() && !watch) {
                session.console().say(nothing(asked.kind()));
            } else if (watch) {
                screen.show(lines(asked, found, tree));
            } else {
                lines(asked, found, tree).forEach(session.console().out()::println);
            }
            if (!watch) {
                return ExitCode.DONE;
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    private List<ObjectNode> found(Kind.Asked asked) {
        var fetch = new Fetch(session, allNamespaces);
        var selection = clusters.selection();
        return switch (asked.kind()) {
            case APP -> fetch.apps(asked.names(), selection);
            case CLUSTER -> fetch.clusters(asked.names(), selection);
            case RELEASE -> fetch.releases(asked.names());
            case ROLLOUT -> fetch.rollouts(asked.names(), selection);
        };
    }

    /** One that was named is shown as itself, everything else as a list. */
    private static JsonNode document(Kind.Asked asked, List<ObjectNode> found) {
        boolean one = asked.names().size() == 1
                && found.size() == 1
                && asked.kind() != Kind.ROLLOUT
                && (asked.kind() != Kind.RELEASE || asked.names().getFirst().contains("@"));
        return one ? found.getFirst() : ShiplogApi.JSON.createObjectNode().set("items", Fetch.array(found));
    }

    private List<String> lines(Kind.Asked asked, List<ObjectNode> found, boolean tree) {
        var tables = new Tables(
                session.console().paint(),
                output.output() == Output.WIDE,
                session.clock().instant());
        return switch (asked.kind()) {
            case APP ->
                tree ? tree(views(found, AppView.class)) : tables.apps(views(found, AppView.class), allNamespaces);
            case CLUSTER -> tables.clusters(views(found, ClusterView.class));
            case RELEASE -> tables.releases(views(found, RevisionView.class), allNamespaces);
            case ROLLOUT -> tables.rollouts(views(found, RolloutView.class), allNamespaces);
        };
    }

    private List<String> tree(List<AppView> apps) {
        var tree = new LiveTree(session.console().paint());
        return apps.stream()
                .flatMap(app -> tree.lines(app, session.clock().instant()).stream())
                .toList();
    }

    private static <T> List<T> views(List<ObjectNode> found, Class<T> type) {
        return found.stream().map(item -> ShiplogApi.read(item, type)).toList();
    }

    private static String name(Kind kind, ObjectNode item) {
        return switch (kind) {
            case APP, CLUSTER -> kind.word() + "/" + item.path("name").asString("");
            case RELEASE ->
                "release/" + bare(item) + "@" + item.path("revision").asInt(0);
            case ROLLOUT ->
                "rollout/" + bare(item) + "@"
                        + item.path("rollout").path("name").asString("");
        };
    }

    private static String bare(ObjectNode item) {
        var application = item.path("application").asString("");
        return application.substring(application.indexOf('/') + 1);
    }

    private String nothing(Kind kind) {
        var what = "No " + kind.word() + "s found";
        return kind == Kind.CLUSTER || allNamespaces
                ? what + "."
                : what + " in namespace " + session.namespace() + "; -A shows those of every namespace.";
    }

    /** The live tree, redrawn at every change and, on a terminal, each second for the ages. */
    private int watchTree(AppName app) {
        var screen = new Screen(session.console());
        var tree = new LiveTree(session.console().paint());
        boolean terminal = session.console().outIsTerminal();
        try (var watch = new Watch(session.api(), app.namespace(), app.name(), false)) {
            AppView last = null;
            var stale = "";
            while (true) {
                var sighting = watch.next(AGAIN);
                if (sighting.isPresent()) {
                    switch (sighting.get()) {
                        case Sighting.Shown shown -> last = narrowed(shown.app());
                        case Sighting.Deleted ignored -> {
                            session.console().say(app + " was deleted");
                            return ExitCode.DONE;
                        }
                        case Sighting.Stale now -> {
                            stale = now.reason();
                            if (!terminal && !stale.isEmpty()) {
                                session.console().stale(stale);
                            }
                        }
                        case Sighting.Lost lost -> {
                            session.console().say(lost.why() + "; trying again");
                            screen.leave();
                        }
                        case Sighting.Refused refused -> throw refused.failure();
                    }
                }
                if (last != null && (terminal || sighting.isPresent())) {
                    screen.show(terminal ? tree.lines(last, session.clock().instant(), stale) : LiveTree.log(last));
                }
            }
        }
    }

    private AppView narrowed(AppView app) {
        var selection = clusters.selection();
        return new AppView(
                app.name(),
                app.namespace(),
                app.phase(),
                app.revision(),
                app.message(),
                app.strategy(),
                app.images(),
                app.replicas(),
                app.updated(),
                app.clusters().stream()
                        .filter(cluster -> selection.selects(cluster.name(), cluster.labels()))
                        .toList());
    }
}
