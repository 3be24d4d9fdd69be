package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import java.util.Set;

/** An application as people name it: {@code hello} or {@code app/hello}; its namespace comes from {@code -n}. */
record AppName(String namespace, String name) {

    static final Set<String> WORDS = Set.of("app", "apps", "application", "applications");

    static AppName of(String text, Session session) {
        int slash = text.indexOf('/');
        var name = text.substring(slash + 1);
        if ((slash >= 0 && !WORDS.contains(text.substring(0, slash))) || name.isBlank() || name.contains("/")) {
            throw Failure.usage(
                    "\"" + text + "\" names no application; write hello or app/hello, and its namespace with -n");
        }
        return new AppName(session.namespace(), name);
    }

    /** As in Kafka's key. */
    String key() {
        return namespace + "/" + name;
    }

    @Override
    public String toString() {
        return "app/" + name;
    }
}
