package dev.shiplog.server.health;

import dev.shiplog.api.Readiness;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** What each thing that we need says of itself: nothing, or a sentence about what is wrong. */
public record Health(List<Supplier<Optional<String>>> checks) implements Readiness {

    private static final int ANSWER_WITHIN_SECONDS = 2;

    public Health {
        checks = List.copyOf(checks);
    }

    @Override
    public List<String> missing() {
        return checks.stream().flatMap(check -> check.get().stream()).toList();
    }

    /** Whether the database answers. */
    public static Supplier<Optional<String>> of(DataSource database) {
        return () -> {
            try (var connection = database.getConnection()) {
                return connection.isValid(ANSWER_WITHIN_SECONDS)
                        ? Optional.empty()
                        : Optional.of("PostgreSQL does not answer");
            } catch (SQLException e) {
                return Optional.of("PostgreSQL does not answer: " + e.getMessage());
            }
        };
    }
}
