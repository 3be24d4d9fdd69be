package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "set", header = "Change one thing of an application.", subcommands = SetCommand.Image.class)
final class SetCommand extends Group {

    @Command(
            name = "image",
            header = "Release an application with another image.",
            description = {"", "Makes a new revision. * stands for every container.", ""},
            footer = {
                "",
                "Examples:",
                "  shiplog set image hello hello=kelseyhightower/hello:2.0.0",
                "  shiplog set image hello hello=kelseyhightower/hello:2.0.0 --wait --timeout 2m --reason 'the new greeting'",
                "  shiplog set image app/auth '*=kelseyhightower/auth:2.0.0' --clusters gke-seoul"
            })
    static final class Image implements Callable<Integer> {

        private final Session session;

        @Parameters(index = "0", paramLabel = "APP", description = "The application, e.g. hello or app/hello.")
        String app = "";

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "CONTAINER=IMAGE",
                description = "The container's new image.")
        List<String> images = List.of();

        @Mixin
        ClusterOptions clusters = new ClusterOptions();

        @Mixin
        SubmitOptions submit = new SubmitOptions();

        Image(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var body = ShiplogApi.JSON.createObjectNode();
            var map = body.putObject("images");
            for (var image : images) {
                int equals = image.indexOf('=');
                if (equals < 1 || equals == image.length() - 1) {
                    throw Failure.usage(
                            "\"" + image + "\" is not CONTAINER=IMAGE, e.g. hello=kelseyhightower/hello:2.0.0");
                }
                if (map.has(image.substring(0, equals))) {
                    throw Failure.usage("the container \"" + image.substring(0, equals) + "\" is there twice");
                }
                map.put(image.substring(0, equals), image.substring(equals + 1));
            }
            var selection = clusters.select(body);
            return new Submission(session, submit)
                    .submit(AppName.of(app, session), "setImage", body, "image updated", selection);
        }
    }
}
