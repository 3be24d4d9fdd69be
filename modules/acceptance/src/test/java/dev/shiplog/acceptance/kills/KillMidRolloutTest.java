package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.kills.Stock.Deployed;
import dev.shiplog.acceptance.running.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code hello} on three clusters; Shiplog is killed in the middle of an update, of a pause, and of a deletion. */
class KillMidRolloutTest extends KillTest {

    private static final Path EXAMPLE = Path.of("../../ops/examples/walkthrough/hello.yaml");
    private static final String IMAGE = "kelseyhightower/hello:";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    KillMidRolloutTest() {
        super(Duration.ofMillis(700));
    }

    @Test
    void whatWasUnderWayIsCarriedOnAndNothingIsRepeated() throws Exception {
        shiplog.must("apply -f " + EXAMPLE + " --wait --timeout 150s");
        assertThat(images()).isEqualTo(everywhere(IMAGE + "1.0.0"));

        shiplog.must("set image hello hello=" + IMAGE + "2.0.0");
        awaitOnSome("old and new pods side by side", Deployed::isBetweenTwo);
        var before = revisions();
        killAndStartAgain();
        shiplog.must("rollout status hello --timeout 150s");
        assertThat(images()).isEqualTo(everywhere(IMAGE + "2.0.0"));
        var after = revisions();
        assertThat(after).hasSize(2);
        assertThat(after.getFirst()).isEqualTo(before.getFirst());

        shiplog.must("set image hello hello=" + IMAGE + "3.0.0");
        awaitOnSome("old and new pods side by side", Deployed::isBetweenTwo);
        shiplog.must("rollout pause hello");
        awaitOnAll("paused", Deployed::paused);
        killAndStartAgain();
        Eventually.holds("it is shown as paused, as seen since the start", () -> {
            var app = JSON.readTree(shiplog.must("get app hello -o json"));
            return app.path("phase").asString().equals("Paused")
                    && app.path("clusters").valueStream().allMatch(cluster -> cluster.hasNonNull("seen"));
        });
        awaitOnAll("still paused", Deployed::paused);
        shiplog.must("rollout resume hello");
        shiplog.must("rollout status hello --timeout 150s");
        assertThat(images()).isEqualTo(everywhere(IMAGE + "3.0.0"));
        assertThat(revisions()).hasSize(3);

        shiplog.must("delete app hello");
        killAndStartAgain();
        Eventually.holds(
                "it is gone from every cluster",
                () -> fleet.deployments().values().stream().allMatch(Map::isEmpty));
        Eventually.holds(
                "the history says so",
                () -> !History.of(database()).application("default/hello").exists());
        var history = History.of(database());
        assertThat(history.application("default/hello").revision()).isEqualTo(3);
        assertThat(history.effects().repeated()).isEmpty();
        assertThat(history.endings().wrong()).isEmpty();
        assertThat(history.endings().open()).isEmpty();
        assertThat(history.brokenChain(database())).isEmpty();
    }

    private List<JsonNode> revisions() {
        var shown = JSON.readTree(shiplog.must("rollout history hello -o json"));
        return (shown.isArray() ? shown : shown.path("items")).valueStream().toList();
    }

    private Map<String, List<String>> images() {
        return fleet.deployments().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        cluster -> cluster.getValue().values().stream()
                                .flatMap(deployed -> deployed.isDone()
                                        ? deployed.images().stream()
                                        : java.util.stream.Stream.of("not done: " + deployed))
                                .toList()));
    }

    private static Map<String, List<String>> everywhere(String image) {
        return Fleet.NAMES.stream().collect(Collectors.toMap(name -> name, name -> List.of(image)));
    }

    private void awaitOnSome(String what, Predicate<Deployed> check) {
        Eventually.holds(
                what,
                () -> fleet.deployments().values().stream()
                        .anyMatch(cluster -> cluster.values().stream().anyMatch(check)));
    }

    private void awaitOnAll(String what, Predicate<Deployed> check) {
        Eventually.holds(
                what,
                () -> fleet.deployments().values().stream()
                        .allMatch(cluster ->
                                !cluster.isEmpty() && cluster.values().stream().allMatch(check)));
    }
}
