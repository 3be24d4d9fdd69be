package dev.shiplog.cli.show;

import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.AppView.Workload;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The course of rollouts in words: the strategy, the step, the canary's share and the colours. */
final class Course {

    private Course() {}

    record Line(String name, String text) {}

    /** {@code canary}; where clusters differ, with their names: {@code canary (gke-seoul), rolling (onprem-busan)}. */
    static String strategies(AppView app) {
        var byStrategy = app.clusters().stream()
                .collect(Collectors.groupingBy(
                        OnCluster::strategy,
                        LinkedHashMap::new,
                        Collectors.mapping(OnCluster::name, Collectors.joining(", "))));
        return switch (byStrategy.size()) {
            case 0 -> app.strategy();
            case 1 -> byStrategy.firstEntry().getKey();
            default ->
                byStrategy.entrySet().stream()
                        .map(strategy -> strategy.getKey() + " (" + strategy.getValue() + ")")
                        .collect(Collectors.joining(", "));
        };
    }

    /** What there is to say beside the strategy, each line once for all clusters that it holds for. */
    static List<Line> lines(AppView app) {
        var lines = new ArrayList<Line>();
        add(lines, app, "Step", cluster -> step(cluster));
        add(lines, app, "Weight", cluster -> share(cluster));
        add(lines, app, "Active", cluster -> Optional.ofNullable(cluster.active()));
        add(lines, app, "Preview", cluster -> Optional.ofNullable(cluster.preview()));
        return lines;
    }

    /** The same of one cluster, and until when it waits or keeps what it had. */
    static List<Line> lines(OnCluster cluster, ZoneId zone) {
        var lines = new ArrayList<Line>();
        step(cluster).ifPresent(step -> lines.add(new Line("Step", step)));
        moment(cluster.heldUntil(), zone).ifPresent(until -> lines.add(new Line("Held until", until)));
        share(cluster).ifPresent(share -> lines.add(new Line("Weight", share)));
        Optional.ofNullable(cluster.active()).ifPresent(colour -> lines.add(new Line("Active", colour)));
        Optional.ofNullable(cluster.preview()).ifPresent(colour -> lines.add(new Line("Preview", colour)));
        moment(cluster.keptUntil(), zone).ifPresent(until -> lines.add(new Line("Kept until", until)));
        return lines;
    }

    /**
     * What is said of an application or of its part on a cluster, with the time that is left of a pause instead of the
     * moment when it ends: {@code paused at step 2 of 4 (pause: 5m) for 4m12s more}.
     */
    static String message(String said, List<OnCluster> clusters, Instant now) {
        var told = said;
        for (var cluster : clusters) {
            var until = cluster.heldUntil();
            if (until != null) {
                told = told.replace(
                        " until " + until.truncatedTo(ChronoUnit.SECONDS),
                        " for " + Age.of(Duration.between(now, until)) + " more");
            }
        }
        return told;
    }

    private static Optional<String> moment(@Nullable Instant moment, ZoneId zone) {
        return Optional.ofNullable(moment).map(at -> Age.moment(at, zone));
    }

    private static void add(
            List<Line> lines, AppView app, String name, java.util.function.Function<OnCluster, Optional<String>> text) {
        var byText = new LinkedHashMap<String, List<String>>();
        for (var cluster : app.clusters()) {
            text.apply(cluster)
                    .ifPresent(said -> byText.computeIfAbsent(said, ignored -> new ArrayList<>())
                            .add(cluster.name()));
        }
        byText.forEach((said, clusters) -> lines.add(new Line(
                name,
                clusters.size() == app.clusters().size() ? said : said + " (" + String.join(", ", clusters) + ")")));
    }

    /** {@code 2/4 pause: until promoted}. */
    static Optional<String> step(OnCluster cluster) {
        return Optional.ofNullable(cluster.step())
                .map(step -> step.name().equals("promotion")
                        ? step.name()
                        : step.index() + "/" + step.of() + " " + step.name());
    }

    /** {@code actual 25% of pods, wanted 25%}. */
    static Optional<String> share(OnCluster cluster) {
        return Optional.ofNullable(cluster.weight()).map(weight -> {
            // How many clients there are nobody has counted: a share of the endpoints becomes one of new clients.
            boolean ofClients = "clients".equals(weight.of());
            var actual = weight.actual() == null
                    ? "unknown"
                    : weight.actual() + "% of "
                            + (ofClients ? "endpoints" : weight.of() == null ? "pods" : weight.of());
            return "actual " + actual
                    + (weight.wanted() == null
                            ? ""
                            : ", wanted " + weight.wanted() + "%" + (ofClients ? " of clients" : ""));
        });
    }

    /** Beside the canary itself. */
    static Optional<String> share(OnCluster cluster, Workload workload) {
        return "canary".equals(workload.role()) ? share(cluster).map(share -> "(" + share + ")") : Optional.empty();
    }
}
