package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.protocol.Reading.Understood;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checks of the other tests find nothing wrong in what is right, and what is wrong if somebody has tampered with it. */
class ChecksBiteTest extends KillTest {

    private static final String SERVED = "default/load-1";
    /** It is the first command that anybody sends for the application. */
    private static final Understood REFUSED = new Understood(
            ApplicationName.parse("default/nobody"),
            new CommandId("bites", "1"),
            Principal.claimed("ada"),
            "",
            new ApplicationCommand.Promote(ClusterSelection.ALL, false));

    private static final String CLUSTER = Fleet.NAMES.getFirst();

    ChecksBiteTest() {
        super(Duration.ofMillis(100));
    }

    @Test
    void whatWasTamperedWithIsFound() throws Exception {
        try (var load = new Load(shiplog.endpoints().kafka(), 4, 1)) {
            load.begin();
            load.submitter().send(REFUSED);
            var history = new History();
            try (var journal = database().journal()) {
                Eventually.isComplete("all is decided on and done", () -> {
                    history.read(journal);
                    return history.effects().decided().equals(load.submitter().sent())
                            ? history.unsettled()
                            : Optional.of("not all is decided on");
                });
            }
            Eventually.isComplete("it is shown as it is", () -> new ReadModel(shiplog).difference(history));
            Eventually.holds(
                    "all is told",
                    () -> load.told()
                            .outcomes()
                            .keySet()
                            .equals(load.submitter().sent()));

            outcomesBite(history, load);
            endingsBite(history);
            clustersBite(history);
            readModelBites(history);
            offsetsAndVanishedBite(history, load);
        }
    }

    private static void outcomesBite(History history, Load load) {
        var told = new HashMap<>(load.told().outcomes());
        assertThat(history.effects().contradicting(told)).isEmpty();
        told.replaceAll((id, outcome) -> switch (outcome) {
            case Outcome.Accepted accepted
            when accepted.revision() > 0 ->
                new Outcome.Accepted(accepted.revision() + 1, accepted.message(), accepted.revisions());
            case Outcome.Accepted accepted -> new Outcome.Refused("no", accepted.message());
            case Outcome.Refused refused -> new Outcome.Accepted(0, refused.message());
        });
        assertThat(history.effects().contradicting(told)).hasSameSizeAs(told.keySet());
        told.replaceAll((id, outcome) -> new Outcome.Accepted(1, ""));
        assertThat(history.effects().contradicting(told)).hasSameSizeAs(told.keySet());
    }

    private static void endingsBite(History history) {
        assertThat(history.endings().wrong()).isEmpty();
        assertThat(history.endings().open()).isEmpty();
        history.endings().fold(SERVED, new ReleaseEnded(1, ReleaseResult.FAILED), history.application(SERVED));
        assertThat(history.endings().wrong()).hasSize(2);
    }

    private void clustersBite(History history) {
        assertThat(Stock.difference(fleet, history)).isEmpty();
        var cluster = fleet.cluster(CLUSTER);
        var service = Kinds.SERVICE.key("default", "load-1");
        cluster.onLoop(() -> cluster.store()
                .update(
                        service,
                        "somebody",
                        object -> Json.with(object, Json.text("other"), "spec", "selector", "app")));
        assertThat(Stock.difference(fleet, history)).get().asString().contains(CLUSTER, "Services", "other");
        cluster.onLoop(() -> cluster.store()
                .update(
                        service,
                        "somebody",
                        object -> Json.with(object, Json.text("load-1"), "spec", "selector", "app")));
        assertThat(Stock.difference(fleet, history)).isEmpty();
        var config =
                fleet.stock().getOrDefault(CLUSTER, new Stock()).configMaps().firstKey();
        cluster.onLoop(() -> cluster.store().delete(Kinds.CONFIG_MAP.key("default", config), Deletion.BACKGROUND));
        assertThat(Stock.difference(fleet, history)).get().asString().contains(CLUSTER, "ConfigMaps", config);
    }

    private void readModelBites(History history) throws Exception {
        execute("update views.releases set outcome = 'FAILED' where application = '" + SERVED + "'");
        assertThat(new ReadModel(shiplog).difference(history)).get().asString().contains(SERVED, "Failed");
    }

    /** A refusal vanishes: nothing else depends on it. */
    private void offsetsAndVanishedBite(History history, Load load) throws Exception {
        assertThat(History.of(database()).vanished(history.entries())).isEmpty();
        try (var lookout = lookout(load)) {
            assertThat(lookout.ahead()).isEmpty();
        }
        Eventually.holds("its offset is committed", () -> isCommitted(load));
        execute("delete from journal.events where stream = 'application/default/nobody'");
        assertThat(History.of(database()).vanished(history.entries()))
                .get()
                .asString()
                .contains("application/default/nobody#1");
        try (var lookout = lookout(load)) {
            assertThat(lookout.ahead()).containsOnly(REFUSED.id() + " is below an offset and not in the journal");
        }
    }

    private boolean isCommitted(Load load) throws Exception {
        try (var broker = new Broker(shiplog.endpoints().kafka())) {
            return broker.committed().entrySet().stream()
                    .anyMatch(partition -> load.submitter()
                            .before(partition.getKey(), partition.getValue())
                            .contains(REFUSED.id()));
        }
    }

    private Lookout lookout(Load load) {
        return new Lookout(load.submitter(), shiplog.endpoints().kafka(), database());
    }

    private void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(shiplog.endpoints().postgres());
                var statement = connection.createStatement()) {
            // The database's superuser can do what the journal's own triggers refuse everybody.
            statement.execute("set session_replication_role = replica");
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
