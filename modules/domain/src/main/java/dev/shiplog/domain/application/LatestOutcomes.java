package dev.shiplog.domain.application;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the latest commands, eldest first; never changed, like all state. One more is added without copying
 * those that are there: they lie in chunks, only the youngest of which is copied, and are forgotten a chunk at a time.
 *
 * <p>Example with chunks of 2 that remembers at least 4: [1 2] [3 4] [5] and 6 makes [3 4] [5 6].
 */
final class LatestOutcomes extends AbstractMap<CommandId, Outcome> {

    private static final int CHUNK = 16;

    static final LatestOutcomes NONE = new LatestOutcomes(List.of(), Map.of());

    private final List<Map<CommandId, Outcome>> full;
    private final Map<CommandId, Outcome> youngest;

    private LatestOutcomes(List<Map<CommandId, Outcome>> full, Map<CommandId, Outcome> youngest) {
        this.full = full;
        this.youngest = youngest;
    }

    static LatestOutcomes of(Map<CommandId, Outcome> outcomes) {
        if (outcomes instanceof LatestOutcomes latest) {
            return latest;
        }
        var all = NONE;
        for (var outcome : outcomes.entrySet()) {
            all = all.with(outcome.getKey(), outcome.getValue());
        }
        return all;
    }

    /** With one that is not there yet. */
    LatestOutcomes with(CommandId id, Outcome outcome) {
        var grown = new LinkedHashMap<>(youngest);
        grown.put(id, outcome);
        if (grown.size() < CHUNK) {
            return new LatestOutcomes(full, grown);
        }
        var chunks = new ArrayList<>(full);
        chunks.add(grown);
        boolean restIsEnough = (chunks.size() - 1) * CHUNK >= Application.REMEMBERED_COMMANDS;
        return new LatestOutcomes(restIsEnough ? List.copyOf(chunks.subList(1, chunks.size())) : chunks, Map.of());
    }

    @Override
    public @Nullable Outcome get(@Nullable Object id) {
        var found = youngest.get(id);
        for (int i = full.size() - 1; i >= 0 && found == null; i--) {
            found = full.get(i).get(id);
        }
        return found;
    }

    @Override
    public boolean containsKey(@Nullable Object id) {
        return get(id) != null;
    }

    @Override
    public int size() {
        return full.size() * CHUNK + youngest.size();
    }

    @Override
    public Set<Entry<CommandId, Outcome>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<CommandId, Outcome>> iterator() {
                var all = new LinkedHashMap<CommandId, Outcome>();
                full.forEach(all::putAll);
                all.putAll(youngest);
                return Collections.unmodifiableMap(all).entrySet().iterator();
            }

            @Override
            public int size() {
                return LatestOutcomes.this.size();
            }
        };
    }
}
