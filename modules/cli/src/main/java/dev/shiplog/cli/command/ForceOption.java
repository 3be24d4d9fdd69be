package dev.shiplog.cli.command;

import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** To overwrite what others have set on the clusters. */
final class ForceOption {

    @Option(
            names = "--force-conflicts",
            description = "Overwrite what others have set on the clusters, e.g. a Service's selector; this once.")
    boolean forced;

    void into(ObjectNode body) {
        if (forced) {
            body.put("forceConflicts", true);
        }
    }
}
