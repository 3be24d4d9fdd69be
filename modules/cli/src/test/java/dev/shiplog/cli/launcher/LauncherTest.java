package dev.shiplog.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void checkOut() {
        checkout = new Checkout(folder);
    }

    @Test
    void theFirstUseBuildsAndTheNextDoesNot() throws Exception {
        var jdk = checkout.jdk("jdk-25", "25.0.1");
        checkout.with("JAVA_HOME", jdk.toString());

        var first = checkout.run("get", "apps", "-n", "two words");
        var second = checkout.run("version");

        assertThat(first.exitCode()).isZero();
        assertThat(first.err())
                .isEqualTo(
                        "shiplog: building for the first use; this takes a minute or a few\n  [1/2]     Shiplog cli\n");
        assertThat(first.out())
                .startsWith("java of jdk-25\n")
                .endsWith("dev.shiplog.cli.Main\nget\napps\n-n\ntwo words\n");
        assertThat(second.err()).isEmpty();
        assertThat(checkout.builds()).containsExactly("built with " + jdk);
    }

    @Test
    void aChangedSourceIsBuiltButNotOneThatOnlyTests() throws Exception {
        checkout.with("JAVA_HOME", checkout.jdk("jdk-21", "21.0.2").toString());
        checkout.run("version");
        checkout.changed("modules/acceptance/src/main/A.java").run("version");
        assertThat(checkout.builds()).hasSize(1);

        var run = checkout.changed("modules/cli/src/main/A.java").run("version");

        assertThat(checkout.builds()).hasSize(2);
        assertThat(run.err()).startsWith("shiplog: building, the sources have changed\n");
    }

    @Test
    void usesAtTheSameTimeBuildOnce() throws Exception {
        checkout.with("JAVA_HOME", checkout.jdk("jdk-21", "21").toString()).build("sleep 1");

        var one = checkout.start("version");
        var other = checkout.start("version");

        assertThat(Checkout.finished(one).exitCode()).isZero();
        assertThat(Checkout.finished(other).exitCode()).isZero();
        assertThat(checkout.builds()).hasSize(1);
        assertThat(checkout.path("modules/server/target/launcher/lock")).doesNotExist();
    }

    @Test
    void theLockOfABuildThatWasKilledIsTakenOver() throws Exception {
        checkout.with("JAVA_HOME", checkout.jdk("jdk-21", "21").toString());
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(checkout.path("modules/server/target/launcher/lock"));
        Files.writeString(checkout.path("modules/server/target/launcher/lock/pid"), dead.pid() + "\n");

        assertThat(checkout.run("version").exitCode()).isZero();
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void aBuildThatFailsIsToldAndTriedAgainTheNextTime() throws Exception {
        checkout.with("JAVA_HOME", checkout.jdk("jdk-21", "21").toString()).build("echo '[ERROR] no space'; exit 1");

        var failed = checkout.run("version");
        var again = checkout.build("").run("version");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("[ERROR] no space\n", "error: the build failed; all of it is in ");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void upStartsTheServerWithItsOwnClassPath() throws Exception {
        checkout.with("JAVA_HOME", checkout.jdk("jdk-25", "25").toString()).with("SHIPLOG_JAVA_OPTS", "-Xmx1g -Dx=y");

        var out = checkout.run("up", "--data", "d").out();

        assertThat(out)
                .contains("\n-Xmx1g\n-Dx=y\n", "-Dshiplog.home=" + checkout.path(""), "/modules/server/target/lib/*\n")
                .endsWith("dev.shiplog.server.Main\nup\n--data\nd\n");
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOverForOneOnThePath() throws Exception {
        var old = checkout.jdk("jdk-17", "17.0.9");
        var good = checkout.jdk("jdk-21", "21");
        var bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), good.resolve("bin/java"));
        checkout.with("JAVA_HOME", old.toString()).with("PATH", bin + ":/usr/bin:/bin");

        assertThat(checkout.run("version").out()).startsWith("java of jdk-21\n");
    }

    @Test
    void aJdkInTheUsualFoldersIsFound() throws Exception {
        checkout.jdk(".sdkman/candidates/java/21-tem", "21");
        var run = checkout.with("SHIPLOG_JAVA_SEARCH", folder.resolve("home") + "/.sdkman/candidates/java")
                .run("version");

        assertThat(run.out()).startsWith("java of .sdkman/candidates/java/21-tem\n");
    }

    @Test
    void withoutAnyJdkItSaysWhatToInstall() throws Exception {
        checkout.jdk("old/jdk-11", "11.0.2");
        var old8 = checkout.jdk("jdk-8", "1.8.0_392");
        var run = checkout.with("JAVA_HOME", old8.toString())
                .with("SHIPLOG_JAVA_SEARCH", folder.resolve("home/old").toString())
                .with("PATH", folder.resolve("nothing") + ":" + tools())
                .run("version");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error: a JDK 21 or newer is needed; there is only 1.8.0_392 (" + old8 + ") 11.0.2 (")
                .contains("sudo apt install openjdk-21-jdk-headless", "https://adoptium.net");
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void itIsFoundBehindALink() throws Exception {
        checkout.with("JAVA_HOME", checkout.jdk("jdk-21", "21").toString());
        checkout.run("version");
        var link = Files.createSymbolicLink(folder.resolve("link"), checkout.path("shiplog"));
        var process = new ProcessBuilder(link.toString(), "version");
        process.environment().put("JAVA_HOME", checkout.jdk("jdk-21", "21").toString());

        assertThat(Checkout.finished(process.start()).out()).endsWith("version\n");
    }

    /** A folder with the tools that the launcher needs, but no java. */
    private Path tools() throws java.io.IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var name : java.util.List.of("dirname", "readlink", "sed", "head", "cat", "stty")) {
            for (var place : java.util.List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(place + name)) && !Files.exists(tools.resolve(name))) {
                    Checkout.file(tools.resolve(name), "#!/bin/sh\nexec " + place + name + " \"$@\"\n", true);
                }
            }
        }
        return tools;
    }
}
