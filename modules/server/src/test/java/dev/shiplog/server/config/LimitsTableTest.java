package dev.shiplog.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of all bounds says what there is: every setting has a row and stands in the sample, every row a test. */
class LimitsTableTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** One bound. */
    private record Row(String what, String bound, String whenFull, String filledBy) {
        static Row of(String line) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            assertThat(cells).as(line).hasSize(5);
            return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
        }
    }

    static Set<String> settings() {
        return new TreeSet<>(ConfigFactory.parseResources(Limits.DEFAULTS)
                .getConfig("shiplog.limits")
                .root()
                .keySet());
    }

    @Test
    void everySettingHasARow() throws IOException {
        var named = rows().stream()
                .flatMap(row -> CODE.matcher(row.bound()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(named).containsAll(settings());
        assertThat(named.stream().filter(name -> name.matches("[a-z]+(-[a-z]+)*")))
                .as("what looks like a setting")
                .isSubsetOf(settings());
    }

    @Test
    void everySettingStandsInTheSampleWithItsDefaultAndWhatItIsFor() throws IOException {
        var sample = ConfigFactory.parseFile(ROOT.resolve("ops/shiplog.conf").toFile());
        var defaults = ConfigFactory.parseResources(Limits.DEFAULTS);
        assertThat(sample.getConfig("shiplog.limits")).isEqualTo(defaults.getConfig("shiplog.limits"));
        for (var text : List.of(
                Files.readString(ROOT.resolve("ops/shiplog.conf")),
                Files.readString(Path.of("src/main/resources", Limits.DEFAULTS)))) {
            var limits = text.substring(text.indexOf("  limits {"));
            assertThat(limits.strip().split("\n\\s*\n"))
                    .allSatisfy(part -> assertThat(part).contains("# "));
        }
    }

    @Test
    void everyRowIsFilledByATestThatThereIs() throws IOException {
        var tests = tests();
        assertThat(rows()).hasSizeGreaterThan(20).allSatisfy(row -> {
            assertThat(row.what()).isNotEmpty();
            assertThat(row.bound()).as(row.what()).isNotEmpty();
            assertThat(row.whenFull()).as(row.what()).isNotEmpty();
            var named = CODE.matcher(row.filledBy())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).as(row.what()).isNotEmpty();
            assertThat(tests).as(row.what()).containsAll(named);
        });
    }

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(ROOT.resolve("modules/engine/README.md"))) {
            return lines.filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
                    .map(Row::of)
                    .toList();
        }
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("modules"))) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
