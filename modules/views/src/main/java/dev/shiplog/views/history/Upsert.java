package dev.shiplog.views.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes any number of rows of a table in one statement: a column is one array of texts, which PostgreSQL casts to the
 * column's type. Rows whose key is there already are changed.
 */
final class Upsert<R> {

    /** PostgreSQL's text can't hold it; one event that does must not hold up all others. */
    private static final char NUL = 0;

    private static final char REPLACEMENT = '\uFFFD';

    private record Column<R>(String name, String type, boolean key, Function<R, @Nullable Object> value) {}

    private final String table;
    private final List<Column<R>> columns = new ArrayList<>();

    Upsert(String table) {
        this.table = table;
    }

    Upsert<R> key(String name, String type, Function<R, @Nullable Object> value) {
        columns.add(new Column<>(name, type, true, value));
        return this;
    }

    Upsert<R> column(String name, String type, Function<R, @Nullable Object> value) {
        columns.add(new Column<>(name, type, false, value));
        return this;
    }

    void write(Connection connection, Collection<? extends R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(sql())) {
            for (int i = 0; i < columns.size(); i++) {
                var texts = new ArrayList<@Nullable String>(rows.size());
                for (R row : rows) {
                    var value = columns.get(i).value().apply(row);
                    texts.add(value == null ? null : value.toString().replace(NUL, REPLACEMENT));
                }
                upsert.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
            }
            upsert.executeUpdate();
        }
    }

    private String sql() {
        return "insert into " + table + " ("
                + joined(columns, Column::name) + ") select "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "c" + i + "::" + columns.get(i).type())
                        .collect(Collectors.joining(", "))
                + " from unnest("
                + joined(columns, column -> "?::text[]") + ") as rows ("
                + IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "))
                + ") on conflict ("
                + joined(columns.stream().filter(Column::key).toList(), Column::name) + ") do update set "
                + joined(
                        columns.stream().filter(column -> !column.key()).toList(),
                        column -> column.name() + " = excluded." + column.name());
    }

    private static <R> String joined(List<Column<R>> columns, Function<Column<R>, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }
}
