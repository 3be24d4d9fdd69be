package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that may die does, at moments that a seed chooses, while commands come in and rollouts run. Whatever anybody
 * has seen of the history stays in it. In the end each command has been decided on once and told its outcome, each
 * release has one end, clusters and read models are as the history says, and at no time was an offset committed whose
 * command was not in the journal.
 *
 * <p>{@code -Dshiplog.kills.rounds=20 -Dshiplog.kills.seed=7} for a longer run.
 */
class KillRoundsTest extends KillTest {

    private static final int ROUNDS = Integer.getInteger("shiplog.kills.rounds", 3);
    private static final int APPLICATIONS = 24;
    private static final int STOP_SECONDS = Integer.getInteger("shiplog.kills.stop", 20);
    private static final long SEED = Long.getLong("shiplog.kills.seed", 20261122);

    private final Random chance = new Random(SEED);
    private final Instant begun = Instant.now();
    private Load load;
    private Lookout lookout;

    KillRoundsTest() {
        super(Duration.ofMillis(300));
    }

    @BeforeEach
    void startLoad() {
        load = new Load(shiplog.endpoints().kafka(), APPLICATIONS, SEED);
        lookout = new Lookout(load.submitter(), shiplog.endpoints().kafka(), database());
        load.begin();
        load.start();
    }

    @AfterEach
    void stopLoad() throws Exception {
        if (load != null) {
            load.close();
        }
        if (lookout != null) {
            lookout.close();
        }
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            awaitMoreCommands(10 + chance.nextInt(80));
            var before = shiplog.endpoints();
            killAndStartAgain(lookout::seen);
            assertThat(shiplog.endpoints().kafka()).isEqualTo(before.kafka());
            assertThat(shiplog.endpoints().postgres()).isEqualTo(before.postgres());
            tell("round " + round + ": killed and started again");
        }
        for (int round = 1; round <= ROUNDS; round += 4) {
            for (var role : Database.Role.values()) {
                var backend = database().atWork(role, chance);
                afterDeathOf(ProcessHandle.of(backend.pid()).orElseThrow(), role + " " + backend);
            }
            afterDeathOf(shiplog.postmaster(), "the database server");
        }
        shiplog.standStill(Duration.ofSeconds(STOP_SECONDS));
        awaitProgress("after standing still");
        tell("stood still for " + STOP_SECONDS + " s");
        oneClusterHangs();
        tell("a cluster hung");

        load.toRest();
        assertAllIsAsTheHistorySays();
        tell("at rest");
        load.toTheEnd();
        assertAllIsAsTheHistorySays();
        assertThat(lookout.ahead()).isEmpty();
        tell("done, offsets looked at " + lookout.looks() + " times");
    }

    private void afterDeathOf(ProcessHandle process, String who) throws Exception {
        Signal.KILL.to(process);
        var seen = lookout.seen();
        awaitProgress("after the death of " + who);
        assertThat(shiplog.isAlive()).isTrue();
        assertThat(history().vanished(seen)).isEmpty();
        tell("killed " + who);
    }

    /** The other clusters go on meanwhile, and it catches up afterwards. */
    private void oneClusterHangs() throws Exception {
        var line = fleet.line(Fleet.NAMES.get(chance.nextInt(Fleet.NAMES.size())));
        line.hang();
        awaitProgress("while a cluster hangs");
        line.goOn();
    }

    /** What is sent from now on is decided on, and some of it carried out. */
    private void awaitProgress(String when) throws Exception {
        var before = lookout.counts();
        int target = Math.min(load.submitter().acknowledged(), before.decided()) + 30;
        Eventually.isComplete("commands are decided on " + when, () -> {
            var now = lookout.counts();
            return now.decided() >= target && now.events() > before.events() + 60
                    ? Optional.empty()
                    : Optional.of(now + " of " + load.submitter().acknowledged() + " commands, from " + before
                            + (shiplog.isAlive() ? "" : ", shiplog has ended") + shiplog.log());
        });
    }

    private void awaitMoreCommands(int more) {
        int target = load.submitter().acknowledged() + more;
        Eventually.holds("the broker takes commands", () -> load.submitter().acknowledged() >= target);
    }

    /** Once all is at rest that was asked for. */
    private void assertAllIsAsTheHistorySays() throws Exception {
        var history = settled();
        assertThat(history.vanished(lookout.seen())).isEmpty();
        assertThat(history.effects().decided()).isEqualTo(load.submitter().sent());
        assertThat(history.effects().repeated()).isEmpty();
        assertThat(history.endings().wrong()).isEmpty();
        assertThat(history.disagreement()).isEmpty();
        assertThat(history.brokenChain(database())).isEmpty();
        Eventually.holds(
                "every command is told its outcome",
                () -> load.told()
                        .outcomes()
                        .keySet()
                        .containsAll(load.submitter().sent()));
        assertThat(load.told().contradictions()).isEmpty();
        assertThat(history.effects().contradicting(load.told().outcomes())).isEmpty();
        assertThat(Stock.difference(fleet, history)).isEmpty();
        // It may lag behind, and it has to see the clusters first.
        Eventually.isComplete("it is shown as it is", () -> new ReadModel(shiplog).difference(history));
    }

    /** The history anew, once nothing more happens in it. */
    private History settled() throws Exception {
        var history = new History();
        try (var journal = database().journal()) {
            Eventually.isComplete("every command is decided on, and all is done that was asked for", () -> {
                history.read(journal);
                return load.submitter().sent().stream()
                        .filter(id -> !history.effects().decided().contains(id))
                        .map(id -> id + " is not in the history")
                        .findFirst()
                        .or(history::unsettled);
            });
        } catch (AssertionError e) {
            var apps = history.unsettled()
                    .map(words -> fleet.describe(
                            words.substring(words.indexOf('/') + 1).split("[ @]")[0]))
                    .orElse("");
            throw new AssertionError(
                    e.getMessage() + "\n" + shiplog.run("get apps").out() + apps + shiplog.log(), e);
        }
        return history();
    }

    private History history() {
        var read = new AtomicReference<History>();
        Eventually.isComplete("the history can be read", () -> {
            read.set(History.of(database()));
            return Optional.empty();
        });
        return Objects.requireNonNull(read.get());
    }

    private void tell(String what) throws Exception {
        var seen = lookout.counts();
        System.out.printf(
                "%3d s, %s: %d commands acknowledged, %d in the history, %d events%n",
                Duration.between(begun, Instant.now()).toSeconds(),
                what,
                load.submitter().acknowledged(),
                seen.decided(),
                seen.events());
    }
}
