package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that may die does, at moments that a seed chooses, while commands come in and rollouts run. In the end each
 * command has been decided on once and told its outcome, the clusters run what the history says, and at no time was an
 * offset committed whose command was not in the journal.
 *
 * <p>{@code -Dshiplog.kills.rounds=20 -Dshiplog.kills.stop=20 -Dshiplog.kills.seed=7} for a longer run.
 */
class KillRoundsTest {

    private static final int ROUNDS = Integer.getInteger("shiplog.kills.rounds", 3);
    private static final int STOP_SECONDS = Integer.getInteger("shiplog.kills.stop", 3);
    private static final long SEED = Long.getLong("shiplog.kills.seed", 20261122);

    @TempDir
    Path folder;

    private final Random chance = new Random(SEED);
    private final History history = new History();
    private Fleet fleet;
    private RunningShiplog shiplog;
    private Load load;

    @BeforeEach
    void start() throws IOException {
        fleet = Fleet.start(folder.resolve("fleet"), Duration.ofMillis(300));
        shiplog = RunningShiplog.start(folder.resolve("data"), fleet.folder());
        load = new Load(shiplog.endpoints().kafka(), SEED);
        load.start();
    }

    @AfterEach
    void stop() throws Exception {
        load.close();
        shiplog.close();
        fleet.close();
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            awaitMoreCommands(10 + chance.nextInt(80));
            killAndStartAgain();
            assertOffsetsAreDurable();
            tell("round " + round + ": killed and started again");
        }
        for (int round = 1; round <= ROUNDS; round += 4) {
            killABackend();
            awaitProgress("after the death of a database backend");
            killThePostmaster();
            awaitProgress("after the death of the database server");
            assertThat(shiplog.isAlive()).isTrue();
            tell("database killed");
        }
        shiplog.standStill(Duration.ofSeconds(STOP_SECONDS));
        awaitProgress("after standing still");
        tell("stood still for " + STOP_SECONDS + " s");
        oneClusterHangs();
        tell("a cluster hung");

        load.finish();
        Eventually.isComplete("every command is in the history", () -> {
            read();
            return missingCommand();
        });
        Eventually.isComplete("everything asked for is done", () -> {
            read();
            return history.unsettled();
        });
        assertThat(history.decided()).isEqualTo(load.sent());
        assertThat(history.repeated()).isEmpty();
        assertThat(fleet.deployments()).isEqualTo(history.deployments());
        Eventually.holds(
                "every command is told its outcome",
                () -> load.told().commands().containsAll(load.sent()));
        assertThat(load.told().contradictions()).isEmpty();
        assertOffsetsAreDurable();
        assertThat(history.brokenChain(shiplog.endpoints().postgres())).isEmpty();
        tell("done");
    }

    private void killAndStartAgain() throws Exception {
        var database = shiplog.postmaster();
        shiplog.kill();
        assertThat(database.isAlive()).as("the database outlives the kill").isTrue();
        var broker = shiplog.endpoints().kafka();
        shiplog = RunningShiplog.start(folder.resolve("data"), fleet.folder());
        assertThat(shiplog.endpoints().kafka()).isEqualTo(broker);
    }

    private void killABackend() throws Exception {
        long backend = backend();
        Signal.KILL.to(ProcessHandle.of(backend).orElseThrow());
    }

    private long backend() throws SQLException {
        try (var connection = DriverManager.getConnection(shiplog.endpoints().postgres());
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pid from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private void killThePostmaster() throws Exception {
        Signal.KILL.to(shiplog.postmaster());
    }

    /** The other clusters go on meanwhile, and it catches up afterwards. */
    private void oneClusterHangs() {
        var line = fleet.line(Fleet.NAMES.get(chance.nextInt(Fleet.NAMES.size())));
        line.hang();
        awaitProgress("while a cluster hangs");
        line.goOn();
    }

    /** What is sent from now on is decided on, and some of it carried out. */
    private void awaitProgress(String when) {
        Eventually.isComplete("the history can be read " + when, () -> {
            read();
            return Optional.empty();
        });
        int decided = history.decided().size();
        int length = history.length();
        int target = load.acknowledged() + 30;
        Eventually.isComplete("commands are decided on " + when, () -> {
            read();
            return history.decided().size() >= Math.min(target, decided + 30) && history.length() > length + 60
                    ? Optional.empty()
                    : Optional.of(history.decided().size() + " of " + load.acknowledged() + " commands decided on"
                            + (shiplog.isAlive() ? "" : ", shiplog has ended") + shiplog.log());
        });
    }

    private void awaitMoreCommands(int more) {
        int target = load.acknowledged() + more;
        Eventually.holds("the broker takes commands", () -> load.acknowledged() >= target);
    }

    /** First the offsets, then the journal: whatever is below an offset was there before it was committed. */
    private void assertOffsetsAreDurable() {
        var below = new java.util.HashSet<dev.shiplog.domain.CommandId>();
        Eventually.isComplete("the offsets can be read", () -> {
            below.clear();
            new Broker(shiplog.endpoints().kafka())
                    .committed()
                    .forEach((partition, offset) -> below.addAll(load.before(partition, offset)));
            return Optional.empty();
        });
        Eventually.isComplete("the history can be read", () -> {
            read();
            return Optional.empty();
        });
        assertThat(history.decided()).containsAll(below);
    }

    private Optional<String> missingCommand() {
        return load.sent().stream()
                .filter(id -> !history.decided().contains(id))
                .map(id -> id + " is not in the history, one of "
                        + load.sent().stream()
                                .filter(other -> !history.decided().contains(other))
                                .collect(Collectors.counting()))
                .findFirst();
    }

    private void read() throws SQLException {
        history.read(shiplog.endpoints().postgres());
    }

    private void tell(String what) {
        System.out.printf(
                "%s: %d commands acknowledged, %d in the history, %d events%n",
                what, load.acknowledged(), history.decided().size(), history.length());
    }
}
