package dev.shiplog.benchmarks;

import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.server.local.LocalInstallation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long it takes from a command's production until something of it is written at a cluster. */
record FirstWrites(double p50, double p99) {

    private static final Duration BETWEEN_COMMANDS = Duration.ofMillis(200);

    /** @param applications of the releases, in words; none of them may be there yet */
    static FirstWrites measure(LocalInstallation installation, CommandLoad load, String applications, int count)
            throws InterruptedException {
        Map<String, Long> produced = new ConcurrentHashMap<>();
        Map<String, Long> written = new ConcurrentHashMap<>();
        var open = new CountDownLatch(count);
        for (var endpoint : installation.endpoints().clusters()) {
            var cluster = installation.clusters().cluster(endpoint.name()).orElseThrow();
            cluster.onLoop(() -> cluster.store().subscribe(Kinds.DEPLOYMENT, change -> {
                boolean first = change.type() == Change.Type.ADDED
                        && written.putIfAbsent(change.key().name(), System.nanoTime()) == null;
                if (first && produced.containsKey(change.key().name())) {
                    open.countDown();
                }
            }));
        }
        CommandLoad.firstReleases(applications, count).forEach(command -> {
            produced.put(command.application().name(), System.nanoTime());
            load.submit(command);
            LockSupport.parkNanos(BETWEEN_COMMANDS.toNanos());
        });
        if (!open.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(open.getCount() + " releases were never written to a cluster");
        }
        var millis = produced.entrySet().stream()
                .flatMapToDouble(start -> Optional.ofNullable(written.get(start.getKey())).stream()
                        .mapToDouble(end -> (end - start.getValue()) / 1e6))
                .sorted()
                .toArray();
        return new FirstWrites(percentile(millis, 0.5), percentile(millis, 0.99));
    }

    private static double percentile(double[] sorted, double share) {
        return Arrays.stream(sorted)
                .skip((long) (share * (sorted.length - 1)))
                .findFirst()
                .orElse(Double.NaN);
    }
}
