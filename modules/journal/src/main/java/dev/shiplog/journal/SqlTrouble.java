package dev.shiplog.journal;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What an SQL error means for what to do next. */
enum SqlTrouble {
    /** The database can't be reached or can't just now; the same may work later. Whether it was done is not known. */
    PASSING,
    /** A row with this key is there already. */
    CONFLICT,
    /** It will never work. */
    LASTING;

    /** Connection, resources, operator's intervention, serialization and deadlock. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58", "40");

    static SqlTrouble of(SQLException e) {
        String state = e.getSQLState();
        if (e instanceof SQLTransientException) {
            return PASSING;
        }
        if (state == null) {
            return LASTING;
        }
        if (state.equals("23505")) {
            return CONFLICT;
        }
        // Read only (25006): a standby that has not been promoted yet.
        return PASSING_CLASSES.contains(state.substring(0, 2)) || state.equals("25006") ? PASSING : LASTING;
    }
}
