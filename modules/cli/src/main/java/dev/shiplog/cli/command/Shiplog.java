package dev.shiplog.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line as a whole: what there is, and the options that are everywhere. */
@Command(
        name = "shiplog",
        header = "Release applications over many Kubernetes clusters, and keep every step for ever.",
        description = {
            "",
            "A release is one numbered revision of an application. Each command is kept with who gave it, why and when; "
                    + "any earlier revision can be shown and returned to.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./shiplog up                                                      # start everything on this machine",
            "  ./shiplog apply -f ops/examples/walkthrough/hello.yaml --wait     # release an application",
            "  ./shiplog get app hello --watch                                   # see it travel",
            "  ./shiplog rollout undo hello                                      # go back",
            "",
            "Exit codes:",
            "    0  done; with --wait and rollout status: healthy on every selected cluster",
            "    1  refused by Shiplog, failed on a cluster, superseded by a newer release, or no server answers",
            "    2  the command line itself is wrong: unknown words, missing options, numbers out of range",
            "  124  not done within --timeout; what was asked for goes on; or not known whether it was handed in",
            "Environment: SHIPLOG_SERVER (address of the API), SHIPLOG_ACTOR (who asks), NO_COLOR."
        },
        subcommands = {
            Lifecycle.Demo.class,
            Lifecycle.Up.class,
            Lifecycle.Serve.class,
            Apply.class,
            Get.class,
            Describe.class,
            Explain.class,
            Scale.class,
            SetCommand.class,
            Rollout.class,
            Progressive.Switch.class,
            Delete.class,
            Completion.class,
            Version.class,
        })
public final class Shiplog implements Callable<Integer> {

    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command is called.
    CommandSpec spec;

    public Shiplog(Session session) {
        this.session = session;
    }

    @Option(
            names = "--server",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Shiplog's API. Default: SHIPLOG_SERVER, else " + Session.SERVER + ".")
    void server(String address) {
        session.server(address);
    }

    @Option(
            names = {"-n", "--namespace"},
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The application's namespace. Default: " + Session.NAMESPACE + ".")
    void namespace(String name) {
        session.namespace(name);
    }

    @Option(
            names = "--actor",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Who asks, for the history. Default: SHIPLOG_ACTOR, else your user name.")
    void actor(String name) {
        session.actor(name);
    }

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show what there is to know about the command.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "what shall be done?");
    }
}
