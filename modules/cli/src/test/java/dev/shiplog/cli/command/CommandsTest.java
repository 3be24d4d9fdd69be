package dev.shiplog.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.protocol.v1.CommandProto.Command;
import dev.shiplog.protocol.view.Receipt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent for what is typed, and what is answered. */
class CommandsTest {

    private final FakeApi api = new FakeApi();
    private final Terminal terminal = new Terminal(api);

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "scale hello --replicas 5 | \"scale\":{\"replicas\":5}",
                "scale app/hello --replicas=0 --clusters gke-seoul,eks-virginia | \"scale\":{\"replicas\":0,\"clusters\":{\"names\":[\"gke-seoul\",\"eks-virginia\"]}}",
                "set image hello hello=a/hello:2.0.0 side=b:1 | \"setImage\":{\"images\":{\"hello\":\"a/hello:2.0.0\",\"side\":\"b:1\"}}",
                "rollout pause hello | \"pause\":{}",
                "rollout resume hello -l provider=gke | \"resume\":{\"clusters\":{\"matchExpressions\":[{\"key\":\"provider\",\"operator\":\"In\",\"values\":[\"gke\"]}]}}",
                "rollout restart hello | \"restart\":{}",
                "rollout promote hello | \"promote\":{}",
                "rollout promote hello --full --clusters gke-seoul | \"promote\":{\"clusters\":{\"names\":[\"gke-seoul\"]},\"full\":true}",
                "rollout abort hello | \"abort\":{}",
                "rollout retry hello --clusters gke-seoul | \"retry\":{\"clusters\":{\"names\":[\"gke-seoul\"]}}",
                "switch hello --to green | \"switch\":{\"to\":\"green\"}",
                "switch hello --to green --force-conflicts | \"switch\":{\"to\":\"green\",\"forceConflicts\":true}",
                "rollout abort hello --force-conflicts | \"abort\":{\"forceConflicts\":true}",
                "rollout retry hello --force-conflicts | \"retry\":{\"forceConflicts\":true}",
                "rollout undo hello | \"undo\":{}",
                "rollout undo hello --to-revision 0 | \"undo\":{}",
                "rollout undo hello --to-revision 3 --with-scale | \"undo\":{\"revision\":3,\"withScale\":true}",
                "rollout undo hello --to-time 2026-11-22T10:00:00+09:00 | \"undo\":{\"moment\":\"2026-11-22T01:00:00Z\"}",
                "rollout undo hello --to-time 1h30m | \"undo\":{\"moment\":\"2026-11-22T10:30:00Z\"}",
                "rollout undo hello --to-time 09:15 | \"undo\":{\"moment\":\"2026-11-22T09:15:00Z\"}",
                "delete app hello | \"delete\":{}",
                "delete app/hello --clusters onprem-busan | \"delete\":{\"clusters\":{\"names\":[\"onprem-busan\"]}}"
            })
    void aCommandLineIsSentAsACommand(String typed, String body) throws Exception {
        var answer = terminal.run((typed + " --reason because").split(" "));

        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
        var sent = api.commands().getFirst();
        assertThat(sent.path("id").asString("")).hasSize(36);
        assertThat(sent.toString())
                .endsWith(
                        ",\"source\":\"cli\",\"application\":\"default/hello\",\"actor\":\"mina\",\"reason\":\"because\","
                                + body + "}");
        // The names are those of the protocol: its own reader, which knows no others, takes them.
        JsonFormat.parser().merge(sent.toString(), Command.newBuilder());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "scale hello --replicas 5 | app/hello scaled to 5",
                "set image hello hello=a:2 | app/hello image updated",
                "rollout pause hello | app/hello paused",
                "rollout resume hello | app/hello resumed",
                "rollout restart hello | app/hello restarted",
                "rollout promote hello | app/hello promoted",
                "rollout abort hello | app/hello aborted",
                "rollout retry hello | app/hello is tried again",
                "switch hello --to blue | app/hello switched to blue",
                "rollout undo hello | app/hello rolled back",
                "delete app hello | app/hello deleted"
            })
    void whatWasDoneIsSaidAsKubectlSaysIt(String typed, String said) {
        assertThat(terminal.run(typed.split(" ")).out()).isEqualTo(said + "\n");
    }

    @Test
    void theServersOwnSentenceIsTold() {
        api.receipts(receipt -> told(receipt, "accepted", "already at revision 1, nothing to undo"));

        assertThat(terminal.run("rollout", "undo", "hello").out())
                .isEqualTo("app/hello already at revision 1, nothing to undo\n");
    }

    @Test
    void aRefusalIsToldWithItsReasonAndFails() {
        api.refusesCommands(
                404, "unknown-revision", "unable to find specified revision 9 in history; there are [1, 2]");

        var answer = terminal.run("rollout", "undo", "hello", "--to-revision", "9");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualTo("error: unable to find specified revision 9 in history; there are [1, 2]\n");
    }

    @Test
    void anOutcomeThatDoesNotComeInTimeIsToldApart() {
        api.receipts(receipt -> told(receipt, "pending", ""));

        var answer = terminal.run("scale", "hello", "--replicas", "2", "--timeout", "2s");

        assertThat(answer.exitCode()).isEqualTo(124);
        assertThat(answer.err()).contains("has no outcome after 2s; it is kept and will still be carried out");
    }

    @Test
    void aCommandWhoseConnectionBrokeIsSentAgainUnderTheSameId() {
        api.breaksOffCommands(2);

        assertThat(terminal.run("rollout", "restart", "hello").exitCode()).isZero();
        assertThat(api.commands()).hasSize(3);
        assertThat(api.commands())
                .extracting(command -> command.path("id"))
                .containsOnly(api.commands().getFirst().path("id"));
    }

    /** The server may have taken it before it went. */
    @Test
    void aCommandWhoseConnectionsAllBrokeMayHaveBeenHandedIn() {
        api.breaksOffCommands(3);

        var answer = terminal.run("scale", "hello", "--replicas", "2");

        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("error: the connection to http://127.0.0.1:")
                .contains("was lost (")
                .contains(
                        "it is not known whether the command was handed in; shiplog rollout history shows whether it was")
                .contains("name it with --server");
        assertThat(answer.exitCode()).isEqualTo(124);
        assertThat(api.commands()).hasSize(3);
    }

    @Test
    void aCommandOfWhichTheServerDoesNotKnowWhetherItHasItIsSentAgainUnderTheSameId() {
        api.failsCommand(503, "not-submitted", "0").failsCommand(503, "not-submitted", "0");

        var answer = terminal.run("rollout", "restart", "hello");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
        assertThat(api.commands()).hasSize(3);
        assertThat(api.commands())
                .as("the same, under the same id")
                .containsOnly(api.commands().getFirst());
    }

    @Test
    void aCommandOfWhichItStaysUnknownIsToldWithHowToFindOut() {
        for (int sends = 0; sends < 4; sends++) {
            api.failsCommand(503, "not-submitted", "0");
        }

        assertUnknown(terminal.run("scale", "hello", "-n", "shop", "--replicas", "2"), "shop");
        assertThat(api.commands()).hasSize(3);
    }

    /** What comes after it does not tell what became of the one before. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"busy, 503", "ending, 503", "internal, 500", "connection broken, 0"})
    void whetherItWasHandedInIsStillUnknownWhenTheNextSendingFails(String code, int status) {
        api.failsCommand(503, "not-submitted", "0")
                .failsCommand(status, code, "0")
                .failsCommand(status, code, "0");

        assertUnknown(terminal.run("scale", "hello", "--replicas", "2"), "default");
        assertThat(api.commands()).hasSize(3);
    }

    @Test
    void aDecisionEndsTheDoubt() {
        api.failsCommand(503, "not-submitted", "0").refusesCommands(409, "paused", "hello is paused");

        var answer = terminal.run("scale", "hello", "--replicas", "2");

        assertThat(answer.err()).isEqualTo("error: hello is paused\n");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(api.commands()).hasSize(2);
    }

    /** The server asks for a pause that is longer than what is left. */
    @Test
    void nothingIsSentAgainAfterTheTimeout() {
        api.failsCommand(503, "not-submitted", "3600");

        assertUnknown(terminal.run("scale", "hello", "--replicas", "2", "--timeout", "1s"), "default");
        assertThat(api.commands()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "ending"})
    void aServerThatTakesNothingInRefuses(String code) {
        api.failsCommand(503, code, "0");

        var answer = terminal.run("scale", "hello", "--replicas", "2");

        assertThat(answer.err()).isEqualTo("error: told by " + code + "\n");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(api.commands()).hasSize(1);
    }

    private static void assertUnknown(Terminal.Answer answer, String namespace) {
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo("error: it is not known whether the command was handed in; shiplog rollout history hello -n "
                        + namespace + " shows whether it was, before you give it again\n");
        assertThat(answer.exitCode()).isEqualTo(124);
    }

    @Test
    void aReceiptIsThereForPrograms() {
        var answer = terminal.run("scale", "hello", "--replicas", "2", "-o", "json");

        assertThat(answer.out()).contains("\"status\" : \"accepted\"", "\"revision\" : 1");
        assertThat(terminal.run("scale", "hello", "--replicas", "2", "-o", "name")
                        .out())
                .isEqualTo("app/hello\n");
    }

    @Test
    void theNamespaceAndTheActorMayStandAnywhere() {
        terminal.run("-n", "shop", "scale", "hello", "--replicas", "1");
        terminal.run("scale", "hello", "--replicas", "1", "--namespace", "shop", "--actor", "ci");

        assertThat(api.commands())
                .extracting(command -> command.path("application").asString(""))
                .containsOnly("shop/hello");
        assertThat(api.commands().getLast().path("actor").asString("")).isEqualTo("ci");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "switch hello | 2 | error: missing required option: '--to=COLOUR'",
                "switch hello --to red | 2 | error: \"red\" is no colour; there are blue and green",
                "scale hello | 2 | error: missing required option: '--replicas=N'",
                "scale --replicas 2 | 2 | error: missing required parameter: 'APP'",
                "scale hello --replicas two | 2 | error: invalid value for option '--replicas': 'two' is not an int",
                "scale hello --replicas -1 | 2 | error: --replicas must be 0 or more, not -1",
                "rollout status hello --revision -1 | 2 | error: --revision must be 0 or more, not -1",
                "scale deployment/hello --replicas 1 | 2 | error: \"deployment/hello\" names no application; write hello or app/hello, and its namespace with -n",
                "scale hello --replicas 1 -l a=b=c | 2 | error: \"a=b=c\" in the selector \"a=b=c\" is not understood; write for example provider=gke, region!=us-east-1 or provider in (gke,eks)",
                "scale hello --replicas 1 --timeout soon | 2 | error: invalid value for option '--timeout': \"soon\" is no duration; write 90s, 5m or 1h30m",
                "set image hello hello | 2 | error: \"hello\" is not CONTAINER=IMAGE, e.g. hello=kelseyhightower/hello:2.0.0",
                "set image hello a=b a=c | 2 | error: the container \"a\" is there twice",
                "set | 2 | error: shiplog set what? There are image",
                "rollout undo hello --to-revision 1 --to-time 5m | 2 | error: --to-revision and --to-time say two different things; give one of them",
                "rollout undo hello --to-time noonish | 2 | error: \"noonish\" is no moment in time; write 2026-11-22T15:04:05Z, '2026-11-22 15:04', 15:04 (today), or 10m (ago)",
                "rollout undo hello --to-revision -2 | 2 | error: --to-revision must be 0 or more, not -2",
                "delete hello | 2 | error: say what \"hello\" is: shiplog delete app hello",
                "get pods | 2 | error: there is no kind \"pods\"; there are apps, clusters, releases, rollouts",
                "get apps -o xml | 2 | error: unknown output format \"xml\" for -o; there are wide, json, yaml, name",
                "get apps --server ftp://x | 2 | error: \"ftp://x\" is no address of a server; write it as http://127.0.0.1:7070",
                "describe app | 2 | error: which app? shiplog get app lists them",
                "describe release hello@x | 2 | error: \"hello@x\" names no release; write APP@REVISION, e.g. hello@3",
                "completion tcsh | 2 | error: no completion for \"tcsh\"; there are bash, zsh and fish",
                "apply | 2 | error: missing required option: '--filename=FILE'",
                "apply -f nowhere.yaml | 1 | error: nowhere.yaml: there is no such file or folder",
                "apply -f x --dry-run=server | 2 | error: --dry-run=server is not known; there is --dry-run=client",
                "gte apps | 2 | error: there is no command \"gte\"; did you mean \"get\"?",
                "rollout stats hello | 2 | error: there is no command \"stats\"; did you mean \"status\"?",
                "up | 2 | error: this starts a server: run it with the launcher, ./shiplog, at the top of the repository",
                "get apps --watc | 2 | error: unknown option: '--watc'"
            })
    void whatIsWrongIsSaidWithWhatToDo(String typed, int exitCode, String said) {
        var answer = terminal.run(typed.split(" "));

        assertThat(answer.err().lines().findFirst()).contains(said);
        assertThat(answer.exitCode()).isEqualTo(exitCode);
        assertThat(answer.out()).isEmpty();
        assertThat(api.commands()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsNamedWithWhatToDo() {
        var address = api.address();
        api.close();

        var answer = new Terminal(address).run("get", "apps");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualTo("error: no Shiplog answers at " + address
                        + " (connection refused); start one with ./shiplog up,"
                        + " or name another with --server or SHIPLOG_SERVER\n");
    }

    @Test
    void anotherProgramAtTheAddressIsToldApart() {
        api.shows("/v1/clusters", "x");
        var answer = new Terminal(api.address() + "/prefix").run("get", "clusters");

        assertThat(answer.err()).isEqualTo("error: nothing is known of /prefix/v1/clusters\n");
    }

    @Test
    void aNameThatNobodyKnowsIsToldFromARefusedConnection() {
        assertThat(new Terminal("http://nowhere.invalid:7070")
                        .run("get", "apps")
                        .err())
                .startsWith("error: no Shiplog answers at http://nowhere.invalid:7070 (unknown host nowhere.invalid);");
    }

    @Test
    void aServerWithoutTlsIsToldFromARefusedConnection() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answerWithoutTls(server));
            var address = "https://127.0.0.1:" + server.getLocalPort();

            assertThat(new Terminal(address).run("get", "apps").err())
                    .startsWith("error: no Shiplog answers at " + address + " (TLS: ");
            var scaled = new Terminal(address).run("scale", "hello", "--replicas", "2");
            assertThat(scaled.err())
                    .as("nothing is handed in before both speak TLS")
                    .startsWith("error: no Shiplog answers at " + address + " (TLS: ");
            assertThat(scaled.exitCode()).isEqualTo(1);
        }
    }

    /** Answers every connection until the server is closed: the client may try more than once. */
    private static void answerWithoutTls(ServerSocket server) {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                assertThat(connection.getInputStream().read(new byte[16_384])).isPositive();
                connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                connection.shutdownOutput();
                connection.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client has hung up, as it is to do, or the server is closed.
            }
        }
    }

    @Test
    void aDocumentNamesEveryRevisionAndItsClusters() {
        api.receipts(receipt -> new Receipt(
                receipt.commandId(),
                "cli",
                receipt.application(),
                "accepted",
                3,
                List.of(new Receipt.Made(3, List.of("eu", "us")), new Receipt.Made(4, List.of("asia"))),
                "",
                "told"));

        var answer = terminal.run("set", "image", "hello", "hello=a:2", "-o", "json");

        assertThat(ShiplogApi.JSON.readTree(answer.out()).path("revisions").toString())
                .isEqualTo("[{\"revision\":3,\"clusters\":[\"eu\",\"us\"]},{\"revision\":4,\"clusters\":[\"asia\"]}]");
    }

    private static Receipt told(Receipt receipt, String status, String message) {
        return new Receipt(
                receipt.commandId(),
                receipt.source(),
                receipt.application(),
                status,
                receipt.revision(),
                receipt.revisions(),
                "",
                message);
    }
}
