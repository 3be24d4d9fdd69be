package dev.shiplog.acceptance.kills;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    @AfterEach
    void stop() throws Exception {
        shiplog.close();
        fleet.close();
    }
}
