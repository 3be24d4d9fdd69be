package dev.shiplog.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands still or is away is told by {@code /readyz} and beside all that is shown, and holds up nothing else. */
class HealthTest {

    private static final String EXAMPLE = "../../ops/examples/walkthrough/auth.yaml";
    private static final String UNREADABLE = "event 1 of application/default/ghost";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void anEventThatCannotBeReadIsNamedAndReleasesGoOn() throws Exception {
        try (var services = new Services(folder)) {
            try (var serving = services.serve()) {
                serving.typed().must("apply -f " + EXAMPLE + " --wait --timeout 120s");
                awaitReady(serving.api(), 200, "ok");

                insertWhatNobodyCanRead(services.postgres.jdbcUrl());

                awaitReady(serving.api(), 503, UNREADABLE);
                assertThat(serving.typed().run("get apps"))
                        .satisfies(said -> assertThat(said.exitCode()).isZero())
                        .satisfies(said -> assertThat(said.out()).contains("auth"))
                        .satisfies(said -> assertThat(said.err())
                                .startsWith("warning: what is shown is old: the read model has stood still since ")
                                .contains(UNREADABLE));
                serving.typed().must("set image auth auth=kelseyhightower/auth:2.0.0");
                awaitOn(services, "kelseyhightower/auth:2.0.0");
                serving.typed().must("set image auth auth=kelseyhightower/auth:3.0.0");
            }
            try (var serving = services.serve()) {
                awaitReady(serving.api(), 503, UNREADABLE);
                awaitOn(services, "kelseyhightower/auth:3.0.0");
                assertThat(serving.typed().run("get app auth").err()).contains(UNREADABLE);
            }
        }
    }

    @Test
    void aBrokerOrADatabaseThatIsAwayIsNamed() throws Exception {
        try (var services = new Services(folder);
                var serving = services.serve()) {
            awaitReady(serving.api(), 200, "ok");
            services.kafka.close();
            awaitReady(serving.api(), 503, "Kafka does not answer");
            services.postgres.close();
            awaitReady(serving.api(), 503, "PostgreSQL does not answer");
        }
    }

    private static void awaitOn(Services services, String image) {
        Eventually.holds(image + " runs there", () -> services.available("auth", image) == 1);
    }

    private void awaitReady(String api, int status, String part) {
        var request = HttpRequest.newBuilder(URI.create(api + "/readyz"))
                .timeout(Duration.ofSeconds(20))
                .build();
        Eventually.isComplete(status + " " + part, () -> {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == status && answer.body().contains(part)
                    ? Optional.empty()
                    : Optional.of(answer.statusCode() + " " + answer.body());
        });
    }

    private static void insertWhatNobodyCanRead(String jdbcUrl) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement()) {
            statement.execute("insert into journal.events (stream, sequence_number, payload, writer)"
                    + " values ('application/default/ghost', 1, '\\xdeadbeef', 'test')");
        }
    }
}
