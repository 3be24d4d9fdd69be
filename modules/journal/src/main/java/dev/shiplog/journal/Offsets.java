package dev.shiplog.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How far each follower has come, kept in the transaction of whoever calls. */
public final class Offsets {

    private Offsets() {}

    /** 0 for one that has not begun. */
    public static long read(Connection connection, String follower) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select position from journal.offsets where follower = ?")) {
            query.setString(1, follower);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    public static void write(Connection connection, String follower, long position) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into journal.offsets (follower, position) values (?, ?) on conflict (follower)"
                        + " do update set position = excluded.position, updated_at = clock_timestamp()")) {
            upsert.setString(1, follower);
            upsert.setLong(2, position);
            upsert.executeUpdate();
        }
    }
}
