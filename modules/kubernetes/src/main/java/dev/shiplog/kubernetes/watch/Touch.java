package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.Trouble;
import dev.shiplog.engine.cluster.Sighting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster is in touch, from several sources that each say so for themselves: reached when all are, lost when
 * one is not. Tells changes only.
 */
final class Touch {

    private sealed interface Source {
        record Unheard() implements Source {}

        record Fine() implements Source {}

        record Troubled(Trouble trouble) implements Source {}
    }

    private final Map<Object, Source> sources = new LinkedHashMap<>();
    private String version = "";
    private @Nullable Sighting told;

    /** Until the source has been heard, the cluster counts as neither reached nor lost. */
    void expect(Object source) {
        sources.putIfAbsent(source, new Source.Unheard());
    }

    void version(String present) {
        version = present;
    }

    Optional<Sighting> fine(Object source) {
        sources.put(source, new Source.Fine());
        return change();
    }

    Optional<Sighting> troubled(Object source, Trouble trouble) {
        sources.put(source, new Source.Troubled(trouble));
        return change();
    }

    /** The first trouble, if any. */
    Optional<Trouble> trouble() {
        return sources.values().stream()
                .filter(Source.Troubled.class::isInstance)
                .map(source -> ((Source.Troubled) source).trouble())
                .findFirst();
    }

    private Optional<Sighting> change() {
        boolean unheard = sources.values().stream().anyMatch(Source.Unheard.class::isInstance);
        var now = trouble().<Sighting>map(Sighting.Lost::new);
        if (now.isEmpty() && !unheard) {
            now = Optional.of(new Sighting.Reached(version));
        }
        if (now.isEmpty() || isKnown(now.get())) {
            return Optional.empty();
        }
        told = now.get();
        return now;
    }

    /** Each source words the same loss in its own way; one of them is enough. */
    private boolean isKnown(Sighting now) {
        if (now instanceof Sighting.Lost lost && told instanceof Sighting.Lost before) {
            return lost.trouble().kind() == before.trouble().kind();
        }
        return now.equals(told);
    }
}
