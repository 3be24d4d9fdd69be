package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.releasefile.ReadRelease;
import dev.shiplog.cli.releasefile.Releases;
import dev.shiplog.cli.show.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "apply",
        header = "Release what files declare: release files, or plain Kubernetes manifests.",
        description = {
            "",
            "Each document of the kind Release is a release of its application. Plain manifests together are a release of "
                    + "the application that has the name of their Deployment, to every cluster with defaults. All files "
                    + "are read and checked before anything is sent; the values of Secrets are sealed before they leave "
                    + "this machine.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shiplog apply -f ops/examples/walkthrough/hello.yaml --wait --timeout 5m --reason 'first release'",
            "  shiplog apply -f ops/examples/walkthrough/deployments/auth.yaml -f ops/examples/walkthrough/services/auth.yaml",
            "  shiplog apply -f ops/examples/walkthrough/hello.yaml --clusters gke-seoul --dry-run=client",
            "  cat ops/examples/walkthrough/deployments/auth.yaml | shiplog apply -f -"
        })
final class Apply implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "A file, a folder (its .yaml, .yml and .json files), or - for the standard input.")
    List<String> files = List.of();

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "client",
            paramLabel = "client",
            description = "Print the command that would be sent, as JSON (or -o yaml), and send nothing.")
    String dryRun = "none";

    @Option(
            names = "--force-conflicts",
            description =
                    "Take over fields of the objects that another manager owns, and objects that are somebody else's. "
                            + "A first blue-green release deletes a Deployment of the manifest's name that somebody else has made, "
                            + "once its users are on pods of its own.")
    boolean forceConflicts;

    @Mixin
    ClusterOptions clusters = new ClusterOptions();

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    Apply(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!List.of("none", "client").contains(dryRun)) {
            throw Failure.usage("--dry-run=" + dryRun + " is not known; there is --dry-run=client");
        }
        var releases = byApplication(Releases.read(files, session.console().in(), Path.of("")));
        var submission = new Submission(session, submit);
        if (dryRun.equals("client")) {
            for (var release : releases.entrySet()) {
                show(submission.command(
                        release.getKey(), "apply", body(release.getKey(), release.getValue(), Sealing.ONLY_SHOWN)));
            }
            return ExitCode.DONE;
        }
        return send(releases, submission);
    }

    /** A refusal of one is told, and does not keep the others from being released. */
    private int send(Map<AppName, ReadRelease> releases, Submission submission) {
        var revisions = new LinkedHashMap<AppName, Integer>();
        var sealing = new Sealing.WithKeyOfServer(session);
        int exitCode = ExitCode.DONE;
        for (var release : releases.entrySet()) {
            var app = release.getKey();
            var command = submission.command(app, "apply", body(app, release.getValue(), sealing));
            try {
                revisions.put(app, submission.outcome(app, command, "released").revision());
            } catch (Failure failure) {
                if (failure.code().isEmpty() || releases.size() == 1) {
                    throw failure;
                }
                session.console().error(app + ": " + failure.sentence());
                exitCode = failure.exitCode();
            }
        }
        if (submit.waits()) {
            exitCode = Math.max(exitCode, follow(revisions));
        }
        return exitCode;
    }

    private int follow(Map<AppName, Integer> revisions) {
        var deadline = session.clock().instant().plus(submit.timeout());
        int exitCode = ExitCode.DONE;
        for (var released : revisions.entrySet()) {
            var following = new Following(
                    session,
                    released.getKey(),
                    Selection.ALL,
                    session.console().err(),
                    submit.goal(Following.Goal.ROLLED_OUT));
            try {
                following.untilDone(released.getValue(), deadline, submit.timeout());
            } catch (Failure failure) {
                if (revisions.size() == 1) {
                    throw failure;
                }
                session.console().error(failure.sentence());
                exitCode = Math.max(exitCode, failure.exitCode());
            }
        }
        return exitCode;
    }

    private Map<AppName, ReadRelease> byApplication(List<ReadRelease> releases) {
        var named = new LinkedHashMap<AppName, ReadRelease>();
        for (var release : releases) {
            var app = new AppName(namespace(release), release.name());
            var before = named.put(app, release);
            if (before != null) {
                throw Failure.refused(release.source() + ": the application " + app.key() + " is also released by "
                        + before.source() + "; apply one of them");
            }
        }
        return named;
    }

    private String namespace(ReadRelease release) {
        var given = session.givenNamespace();
        var own = release.namespace();
        if (given != null && own.isPresent() && !own.get().equals(given)) {
            throw Failure.refused(release.source() + ": the namespace from the file is \"" + own.get()
                    + "\", that of -n is \"" + given + "\"; leave one of them out");
        }
        return own.orElse(session.namespace());
    }

    /** The body of the command {@code Apply}. */
    private ObjectNode body(AppName app, ReadRelease release, Sealing sealing) {
        var body = ShiplogApi.JSON.createObjectNode();
        var spec = body.putObject("spec");
        var objects = new ArrayList<ObjectNode>();
        release.objects().forEach(object -> objects.add(sealing.sealed(app, object)));
        spec.putArray("objects").addAll(objects);
        spec.setAll(release.spec());
        narrow(spec, release.source());
        if (forceConflicts) {
            spec.put("forceConflicts", true);
        }
        var cause = release.cause().isEmpty() ? submit.reason : release.cause();
        if (!cause.isEmpty()) {
            body.put("cause", cause);
        }
        return body;
    }

    /** What the command line selects narrows what the file selects. */
    private void narrow(ObjectNode spec, String source) {
        var selection = clusters.selection();
        if (selection.isAll()) {
            return;
        }
        var chosen = spec.withObject("clusters");
        if (!selection.names().isEmpty()) {
            var inFile = chosen.path("names")
                    .valueStream()
                    .map(name -> name.asString(""))
                    .toList();
            var names = selection.names().stream()
                    .filter(name -> inFile.isEmpty() || inFile.contains(name))
                    .toList();
            if (names.isEmpty()) {
                throw Failure.refused(source + ": none of the clusters " + String.join(", ", selection.names())
                        + " is among those of the file, " + String.join(", ", inFile));
            }
            names.forEach(chosen.putArray("names")::add);
        }
        selection.addRequirements(chosen);
    }

    private void show(ObjectNode command) {
        var form = submit.output.output();
        session.console()
                .out()
                .println((form == Output.YAML ? "---\n" : "")
                        + (form == Output.YAML ? form : Output.JSON).document(command));
    }
}
