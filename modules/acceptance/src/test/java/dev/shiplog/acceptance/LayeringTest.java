package dev.shiplog.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the design: all of them point to the domain, and no adapter imports another. */
class LayeringTest {

    private static final JavaClasses SHIPLOG = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.shiplog");

    /** What each module may import of ours. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("domain", Set.of()),
            Map.entry("protocol", Set.of("domain")),
            Map.entry("engine", Set.of("domain")),
            Map.entry("journal", Set.of("domain", "engine", "protocol")),
            Map.entry("kafka", Set.of("domain", "engine", "protocol")),
            Map.entry("kubernetes", Set.of("domain", "engine")),
            Map.entry("views", Set.of("domain", "protocol")),
            Map.entry("api", Set.of("domain", "engine", "views", "protocol")),
            Map.entry("cli", Set.of("domain", "protocol")),
            Map.entry("localcluster", Set.of()),
            Map.entry("embedded", Set.of()),
            Map.entry("testing", Set.of("embedded")),
            Map.entry("simulation", Set.of("domain", "engine")));

    static Set<String> modules() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsOnlyWhatTheDesignAllows(String module) {
        var forbidden = new ArrayList<>(MAY_IMPORT.keySet());
        forbidden.add("server");
        forbidden.remove(module);
        forbidden.removeAll(MAY_IMPORT.getOrDefault(module, Set.of()));

        noClasses()
                .that()
                .resideInAPackage(inside(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.stream().map(LayeringTest::inside).toArray(String[]::new))
                .check(SHIPLOG);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasClassesThatTheRulesCanJudge(String module) {
        assertThat(SHIPLOG.stream().filter(type -> type.getPackageName().startsWith("dev.shiplog." + module)))
                .isNotEmpty();
    }

    @Test
    void theDomainNeedsNothingButJava() {
        classes()
                .that()
                .resideInAPackage(inside("domain"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", inside("domain"))
                .check(SHIPLOG);
    }

    @Test
    void rulesReadNoClockAndThrowNoDice() {
        noClasses()
                .that()
                .resideInAPackage(inside("domain"))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.Random.class, java.time.Clock.class, java.util.UUID.class)
                .check(SHIPLOG);
    }

    @Test
    void eachLibraryStaysWithItsAdapter() {
        for (var library : List.of(
                Map.entry("io.fabric8..", "kubernetes"),
                Map.entry("org.apache.pekko..", "engine"),
                Map.entry("com.google.crypto.tink..", "protocol"),
                Map.entry("picocli..", "cli"))) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(inside(library.getValue()), inside("journal"), inside("server"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(library.getKey())
                    .check(SHIPLOG);
        }
    }

    private static String inside(String module) {
        return "dev.shiplog." + module + "..";
    }
}
