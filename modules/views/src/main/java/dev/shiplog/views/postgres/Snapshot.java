package dev.shiplog.views.postgres;

import dev.shiplog.views.ReadModelUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** The tables as they are at one moment, so that what two queries say fits together. */
final class Snapshot {

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    static <T> T of(DataSource database, Function<Snapshot, T> question) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
                return question.apply(new Snapshot(connection));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ReadModelUnavailable(e);
        }
    }

    /** @param parameters texts, numbers, or lists of either */
    <T> List<T> list(String sql, Row<T> row, List<?> parameters) {
        try (var query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                set(query, i + 1, parameters.get(i));
            }
            var found = new ArrayList<T>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new ReadModelUnavailable(e);
        }
    }

    <T> List<T> list(String sql, Row<T> row, Object... parameters) {
        return list(sql, row, List.of(parameters));
    }

    <T> Optional<T> one(String sql, Row<T> row, Object... parameters) {
        return list(sql, row, List.of(parameters)).stream().findFirst();
    }

    private void set(PreparedStatement query, int index, Object parameter) throws SQLException {
        if (parameter instanceof List<?> many) {
            var type = many.stream().allMatch(Integer.class::isInstance) && !many.isEmpty() ? "int" : "text";
            query.setArray(index, connection.createArrayOf(type, many.toArray()));
        } else {
            query.setObject(index, parameter);
        }
    }
}
