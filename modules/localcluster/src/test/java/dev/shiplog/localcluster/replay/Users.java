package dev.shiplog.localcluster.replay;

import java.util.List;
import java.util.Optional;

/** The tokens of those who asked in the recordings. */
final class Users {
    static final List<String> WEAK =
            List.of("system:serviceaccount:demo-13:weak", "system:serviceaccount:demo-18:weak");

    private Users() {}

    static Optional<String> token(String user) {
        return switch (user) {
            case "(none)" -> Optional.empty();
            case "admin" -> Optional.of("admin");
            default -> Optional.of(user.replaceAll("[^A-Za-z0-9:.-]", "-"));
        };
    }
}
