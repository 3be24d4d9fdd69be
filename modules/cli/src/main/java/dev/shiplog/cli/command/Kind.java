package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can be shown, under all the names people use for it. */
enum Kind {
    APP("app", "apps", "application", "applications"),
    CLUSTER("cluster", "clusters"),
    RELEASE("release", "releases"),
    ROLLOUT("rollout", "rollouts");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that never change.
    private final List<String> words;

    Kind(String... words) {
        this.words = List.of(words);
    }

    String word() {
        return words.getFirst();
    }

    static Kind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.words.contains(word.toLowerCase(java.util.Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failure.usage("there is no kind \"" + word + "\"; there are "
                        + Arrays.stream(values()).map(kind -> kind.words.get(1)).collect(Collectors.joining(", "))));
    }

    /** A kind and perhaps a name, as {@code app hello} or {@code app/hello}. */
    record Asked(Kind kind, List<String> names) {

        static Asked of(List<String> words) {
            var first = words.getFirst();
            int slash = first.indexOf('/');
            if (slash < 0) {
                var kind = Kind.of(first);
                return new Asked(
                        kind,
                        words.stream()
                                .skip(1)
                                .map(name -> kind.words.stream().anyMatch(word -> name.startsWith(word + "/"))
                                        ? name.substring(name.indexOf('/') + 1)
                                        : name)
                                .toList());
            }
            var kind = Kind.of(first.substring(0, slash));
            return new Asked(
                    kind,
                    words.stream()
                            .map(word -> {
                                int at = word.indexOf('/');
                                if (at < 0 || Kind.of(word.substring(0, at)) != kind) {
                                    throw Failure.usage("\"" + word + "\" does not go together with \"" + first + "\"");
                                }
                                return word.substring(at + 1);
                            })
                            .toList());
        }
    }
}
