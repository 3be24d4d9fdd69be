package dev.shiplog.cli.command;

import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** On which clusters: all that the application is on, if nothing is said. */
final class ClusterOptions {

    @Option(
            names = "--clusters",
            split = ",",
            paramLabel = "NAME",
            description = "Only these clusters, e.g. --clusters gke-seoul,eks-virginia.")
    List<String> clusters = List.of();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "LABELS",
            description =
                    "Only clusters with these labels, e.g. -l provider=gke or -l 'region in (us-east-1,kr-busan)'.")
    String selector = "";

    Selection selection() {
        return new Selection(List.copyOf(clusters), SelectorText.requirements(selector));
    }

    /** Says in a command on which clusters; nothing is said where all are meant. */
    Selection select(ObjectNode body) {
        var selection = selection();
        if (!selection.isAll()) {
            body.set("clusters", selection.json());
        }
        return selection;
    }
}
