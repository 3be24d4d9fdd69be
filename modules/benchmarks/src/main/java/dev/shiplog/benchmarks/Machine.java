package dev.shiplog.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were measured on: without it they say little. */
final class Machine {

    private Machine() {}

    static String describe() {
        var runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%d processors (%s), heap up to %d MiB, %s %s, Java %s",
                runtime.availableProcessors(),
                processor(),
                runtime.maxMemory() >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
    }

    /** What this JVM has used so far, over all processors. */
    static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
