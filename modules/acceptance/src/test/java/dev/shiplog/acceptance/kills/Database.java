package dev.shiplog.acceptance.kills;

import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.journal.Journal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Shiplog's database, as the tests see it: what is theirs is told from what is Shiplog's. */
record Database(String jdbcUrl) {

    private static final String OURS = "acceptance";

    /** What a connection of Shiplog is used for; its pool hands it to one after another. */
    enum Role {
        WRITER("insert into journal[.]events"),
        READER("(?<!insert into )journal[.]events"),
        PROJECTION("views[.]");

        private final Pattern query;

        Role(String query) {
            this.query = Pattern.compile(query);
        }

        private boolean hasSent(String sent) {
            return query.matcher(sent).find()
                    && (this == WRITER || !WRITER.query.matcher(sent).find());
        }
    }

    /**
     * A server process that serves one connection.
     *
     * @param query that it is at work on
     */
    record Backend(long pid, String query) {
        @Override
        public String toString() {
            var words = query.strip().replaceAll("\\s+", " ");
            return pid + ", at work on: " + words.substring(0, Math.min(90, words.length()));
        }
    }

    /** The journal, over connections of the tests' own. */
    Journal journal() {
        return Journal.open(url());
    }

    /** One of those that are at work in the role just now, as the seed chooses among the eldest first. */
    Backend atWork(Role role, Random chance) {
        var found = new AtomicReference<Backend>();
        int choice = chance.nextInt(1_000);
        Eventually.isComplete("somebody at work as " + role, () -> {
            var atWork = atWork(role);
            if (!atWork.isEmpty()) {
                found.set(atWork.get(choice % atWork.size()));
            }
            return atWork.isEmpty() ? Optional.of("nobody is") : Optional.empty();
        });
        return Objects.requireNonNull(found.get());
    }

    private List<Backend> atWork(Role role) throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var query = connection.prepareStatement("select pid, query from pg_stat_activity"
                        + " where backend_type = 'client backend' and application_name <> ? and state <> 'idle'"
                        + " order by backend_start, pid")) {
            query.setString(1, OURS);
            // One look after another on the same connection: what is done quickly is seldom seen.
            for (int look = 0; look < 200; look++) {
                var atWork = new ArrayList<Backend>();
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        if (role.hasSent(row.getString(2))) {
                            atWork.add(new Backend(row.getLong(1), row.getString(2)));
                        }
                    }
                }
                if (!atWork.isEmpty()) {
                    return atWork;
                }
            }
            return List.of();
        }
    }

    private String url() {
        return jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "ApplicationName=" + OURS;
    }
}
