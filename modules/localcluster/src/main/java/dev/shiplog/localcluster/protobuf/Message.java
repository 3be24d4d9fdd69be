package dev.shiplog.localcluster.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a message by their numbers, as {@code kubernetes.protobuf} has them. */
record Message(Map<Integer, Field> fields) {
    private static final Map<String, Message> MESSAGES = read();

    /** How often a field may come. */
    enum Times {
        ONCE,
        LIST,
        MAP
    }

    /**
     * One field of a message.
     *
     * @param name as in JSON; empty: its fields are those of its parent
     * @param type a message, or one of the single types
     */
    record Field(String name, String type, Times times, boolean dropsZero) {

        static Field of(String name, String written) {
            Times times = written.startsWith("[") ? Times.LIST : written.startsWith("{") ? Times.MAP : Times.ONCE;
            boolean dropsZero = written.endsWith("?");
            return new Field(name, written.replaceAll("[\\[\\]{}?]", ""), times, dropsZero);
        }
    }

    static Optional<Message> of(String name) {
        return Optional.ofNullable(MESSAGES.get(name));
    }

    static Message required(String name) {
        return of(name).orElseThrow(() -> new IllegalStateException("no message " + name));
    }

    @Nullable Field field(int number) {
        return fields.get(number);
    }

    private static Map<String, Message> read() {
        try (InputStream in = Message.class.getResourceAsStream("kubernetes.protobuf")) {
            if (in == null) {
                throw new IllegalStateException("kubernetes.protobuf is missing");
            }
            Map<String, Message> messages = new HashMap<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n  ", " ");
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> read(line, messages));
            return Map.copyOf(messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(String line, Map<String, Message> into) {
        String[] words = line.split(" ");
        Map<Integer, Field> fields = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            int colon = words[i].indexOf(':');
            fields.put(
                    Integer.valueOf(words[i].substring(0, equals)),
                    Field.of(words[i].substring(equals + 1, colon), words[i].substring(colon + 1)));
        }
        into.put(words[0].substring(0, words[0].length() - 1), new Message(Map.copyOf(fields)));
    }
}
