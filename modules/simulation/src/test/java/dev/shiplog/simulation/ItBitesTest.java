package dev.shiplog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of planted mistakes in README.md against what the simulation finds. */
class ItBitesTest {

    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| ([^|]+) \\| ([0-9,]+) \\|.*");

    /** As the README says it: found by so many of 1,000 seeds. */
    private record Row(String mistake, int found) {}

    static Stream<Bug> bugs() {
        return Arrays.stream(Bug.values()).filter(bug -> bug != Bug.NONE);
    }

    @Test
    void theTableListsEveryMistake() throws IOException {
        var table = table();
        assertThat(table.keySet()).containsExactlyElementsOf(bugs().toList());
        table.forEach((bug, row) -> assertThat(row.mistake()).isEqualTo(bug.mistake()));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void findsTheMistakeWithinAsManySeedsAsTheTableLetsExpect(Bug bug) throws IOException {
        var row = table().get(bug);
        assertThat(row).isNotNull();
        int expected = row == null ? 1 : Math.max(1, row.found());
        // If one of a hundred seeds finds it, the chance that six hundred don't is 1 in 400.
        int seeds = Math.max(10, 6 * 1_000 / expected);
        for (long seed = 1; seed <= seeds; seed++) {
            if (Simulation.run(seed, bug).failure().isPresent()) {
                return;
            }
        }
        assertThat(seeds).as("seeds that did not find %s", bug).isZero();
    }

    private static Map<Bug, Row> table() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        var table = new EnumMap<Bug, Row>(Bug.class);
        for (var line : lines) {
            var match = ROW.matcher(line);
            if (match.matches()) {
                table.put(
                        Bug.valueOf(match.group(1)),
                        new Row(match.group(2), Integer.parseInt(match.group(3).replace(",", ""))));
            }
        }
        return table;
    }
}
