package dev.shiplog.localcluster.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees that nobody can change any more, and that take little room: objects are two arrays instead of a hash map, and what is
 * equal to something that was frozen lately is that same node. Ten pods of one template keep one container, and objects of
 * one kind keep one list of names, in whichever cluster of this JVM they are.
 *
 * <p>What was frozen lately is remembered in a table of fixed size where the newer displaces the older; what is no longer
 * remembered is merely not shared.
 */
public final class Frozen {
    private static final int REMEMBERED = 1 << 15;
    private static final AtomicReferenceArray<@Nullable Object> LATELY = new AtomicReferenceArray<>(REMEMBERED);
    private static final FrozenObject EMPTY = new FrozenObject(Map.of(), 0);

    private Frozen() {}

    /** A tree that is equal to this one, in the same order. */
    public static ObjectNode of(ObjectNode tree) {
        return (ObjectNode) frozen(tree);
    }

    private static JsonNode frozen(JsonNode node) {
        return switch (node) {
            case FrozenObject object -> object;
            case FrozenArray array -> array;
            case ObjectNode object -> frozenObject(object);
            case ArrayNode array -> frozenArray(array);
            default -> remembered(node, node.hashCode());
        };
    }

    private static JsonNode frozenObject(ObjectNode object) {
        if (object.isEmpty()) {
            return EMPTY;
        }
        String[] names = new String[object.size()];
        JsonNode[] values = new JsonNode[object.size()];
        int at = 0;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            names[at] = entry.getKey();
            values[at++] = frozen(entry.getValue());
        }
        int hash = Arrays.hashCode(names);
        for (JsonNode value : values) {
            hash = 31 * hash + hash(value);
        }
        if (names.length > FewFields.MOST) {
            Map<String, JsonNode> many = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                many.put(names[i], values[i]);
            }
            return new FrozenObject(Collections.unmodifiableMap(many), hash);
        }
        Names shared = remembered(new Names(names), Arrays.hashCode(names));
        return remembered(new FrozenObject(new FewFields(shared.names, values), hash), hash);
    }

    private static JsonNode frozenArray(ArrayNode array) {
        List<JsonNode> items = new ArrayList<>(array.size());
        int hash = 1;
        for (JsonNode item : array) {
            items.add(frozen(item));
            hash = 31 * hash + hash(items.getLast());
        }
        return remembered(new FrozenArray(List.copyOf(items), hash), hash);
    }

    /** Unlike that of Jackson it counts the order, and is not worked out again for what is frozen. */
    private static int hash(JsonNode frozen) {
        return switch (frozen) {
            case FrozenObject object -> object.hash;
            case FrozenArray array -> array.hash;
            default -> frozen.hashCode();
        };
    }

    /** The equal one that is remembered, or else this one from now on. */
    @SuppressWarnings("unchecked")
    private static <T> T remembered(T fresh, int hash) {
        int spread = (hash ^ fresh.getClass().hashCode()) * 0x9E3779B9;
        int slot = spread >>> Integer.numberOfLeadingZeros(REMEMBERED - 1);
        Object known = LATELY.getAcquire(slot);
        if (known != null && isSame(known, fresh)) {
            return (T) known;
        }
        LATELY.setRelease(slot, fresh);
        return fresh;
    }

    private static boolean isSame(Object known, Object fresh) {
        return switch (fresh) {
            case FrozenObject object -> known instanceof FrozenObject other && object.isSame(other);
            case FrozenArray array -> known instanceof FrozenArray other && array.isSame(other);
            default -> known.getClass() == fresh.getClass() && known.equals(fresh);
        };
    }

    /** The names of an object's fields, in their order. */
    private static final class Names {
        private final String[] names;

        Names(String[] names) {
            this.names = names;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Names that && Arrays.equals(names, that.names);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(names);
        }
    }

    private static final class FrozenObject extends ObjectNode {
        private static final long serialVersionUID = 1L;

        private final int hash;

        FrozenObject(Map<String, JsonNode> fields, int hash) {
            super(JsonNodeFactory.instance, fields);
            this.hash = hash;
        }

        /** Whether the fields are the same nodes in the same order. */
        boolean isSame(FrozenObject other) {
            return hash == other.hash
                    && _children instanceof FewFields mine
                    && other._children instanceof FewFields theirs
                    && mine.isSame(theirs);
        }
    }

    private static final class FrozenArray extends ArrayNode {
        private static final long serialVersionUID = 1L;

        private final List<JsonNode> items;
        private final int hash;

        FrozenArray(List<JsonNode> items, int hash) {
            super(JsonNodeFactory.instance, items);
            this.items = items;
            this.hash = hash;
        }

        @SuppressWarnings("ReferenceEquality") // equal items have become the same one before
        boolean isSame(FrozenArray other) {
            if (hash != other.hash || items.size() != other.items.size()) {
                return false;
            }
            for (int i = 0; i < items.size(); i++) {
                if (Objects.requireNonNull(items.get(i)) != other.items.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
