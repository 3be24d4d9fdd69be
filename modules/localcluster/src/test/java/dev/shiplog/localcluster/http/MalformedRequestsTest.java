package dev.shiplog.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.LocalCluster;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as no decent client writes them: each gets an answer, and the server goes on. */
class MalformedRequestsTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final LocalCluster CLUSTER = LocalCluster.named("malformed").start();

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/pods?labelSelector=%zz",
        "GET /api/v1/pods?limit=%",
        "GET /version?x=%zz",
        "GET /api/v1/names%zzpaces",
        "DELETE /api/v1/namespaces/default/pods?dryRun=%f",
    })
    void anAddressThatIsEscapedWronglyIsRefused(String request) throws IOException {
        assertThat(answer(CLUSTER.url(), request + " HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"kind\":\"Status\"")
                .contains("\"reason\":\"BadRequest\"")
                .contains("malformed URL");
    }

    @ParameterizedTest
    @CsvSource({"PUT /-/quality?image=%zz", "GET /default/hello/version?x=%", "GET /-/answered?x=%zz"})
    void trafficRefusesItToo(String request) throws IOException {
        assertThat(answer(CLUSTER.trafficUrl(), request + " HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("malformed query");
    }

    @Test
    void aWatchThatEndsAtNoNumberIsRefused() throws IOException {
        assertThat(answer(CLUSTER.url(), "GET /api/v1/pods?watch=true&timeoutSeconds=abc HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("timeoutSeconds");
    }

    @Test
    void escapesInAPathAreRead() throws IOException {
        assertThat(answer(CLUSTER.url(), "GET /api/v1/namespaces/de%66ault HTTP/1.1", ""))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET nonsense HTTP/1.1               | HTTP/1.1 4
            OPTIONS * HTTP/1.1                  | HTTP/1.1 4
            CONNECT 127.0.0.1:80 HTTP/1.1       | HTTP/1.1 4
            GET http://nobody HTTP/1.1          | HTTP/1.1 4
            BREW /api/v1/pods HTTP/1.1          | HTTP/1.1 4
            """)
    void strangeRequestLinesAreAnswered(String line, String answer) throws IOException {
        assertThat(answer(CLUSTER.url(), line, "")).startsWith(answer);
    }

    @Test
    void thePlainPortSpeaksNoHttp2() throws IOException {
        assertThat(exchange(CLUSTER.url(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/".length()))
                .isEqualTo("HTTP/");
    }

    @Test
    void whoeverWaitsToBeToldToGoOnIsTold() throws IOException {
        String request = "POST /api/v1/namespaces HTTP/1.1";

        assertThat(answer(CLUSTER.url(), request, "Expect: 100-continue\r\nContent-Length: 2\r\n"))
                .startsWith("HTTP/1.1 100 ");
    }

    private static String answer(String url, String line, String headers) throws IOException {
        String request = line + "\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
        return exchange(url, request, headers.isEmpty() ? Integer.MAX_VALUE : "HTTP/1.1 100 ".length());
    }

    /** The beginning of what comes back; whoever is not answered in time fails. */
    private static String exchange(String url, String request, int bytes) throws IOException {
        URI address = URI.create(url);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
        }
    }
}
