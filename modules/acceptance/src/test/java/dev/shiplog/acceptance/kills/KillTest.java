package dev.shiplog.acceptance.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.ShiplogJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fleet, and a Shiplog that is killed and started again on the same data. */
abstract class KillTest {

    @TempDir
    Path folder;

    private final Duration timeToReady;
    Fleet fleet;
    RunningShiplog shiplog;

    /** @param timeToReady of pods: long enough to be killed in */
    KillTest(Duration timeToReady) {
        this.timeToReady = timeToReady;
    }

    @BeforeEach
    void start() throws IOException {
        fleet = Fleet.start(folder.resolve("fleet"), timeToReady);
        startShiplog();
    }

    final void startShiplog() throws IOException {
        shiplog = RunningShiplog.start(folder.resolve("data"), fleet.folder());
    }

    /** It is started again, and whatever was in the history before is in it now. */
    final void killAndStartAgain() throws Exception {
        var before = History.of(database());
        killAndStartAgain(before::entries);
    }

    /** @param seen what somebody has seen of the history, once it is killed */
    final void killAndStartAgain(Callable<List<String>> seen) throws Exception {
        var postmaster = shiplog.postmaster();
        shiplog.kill();
        assertThat(postmaster.isAlive()).as("the database is left an orphan").isTrue();
        assertThat(folder).isDirectoryNotContaining("glob:**/" + ShiplogJvm.FILE_CACHE + "*");
        var before = seen.call();
        startShiplog();
        assertThat(History.of(database()).vanished(before)).isEmpty();
    }

    final Database database() {
        return new Database(shiplog.endpoints().postgres());
    }

    /** Also after a start that failed. */
    @AfterEach
    void stop() throws Exception {
        if (shiplog != null) {
            shiplog.close();
        }
        if (fleet != null) {
            fleet.close();
        }
    }
}
