package dev.shiplog.domain.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * A JSON value, immutable, members in the order in which they were written. The rules treat Kubernetes objects as such
 * values, so that fields nobody here knows travel through unharmed.
 */
public sealed interface Json {

    record Obj(SequencedMap<String, Json> members) implements Json {
        public Obj {
            members = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        public Optional<Json> at(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** This object with one member set; an existing one keeps its place. */
        public Obj with(String name, Json value) {
            var copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new Obj(copy);
        }

        public Obj without(String name) {
            if (!members.containsKey(name)) {
                return this;
            }
            var copy = new LinkedHashMap<>(members);
            copy.remove(name);
            return new Obj(copy);
        }

        /** This object with the object member {@code name} changed; an absent one is made. */
        public Obj withObject(String name, UnaryOperator<Obj> change) {
            return with(name, change.apply(object(name)));
        }

        /** The member as an object, empty where it is absent or something else. */
        public Obj object(String name) {
            return members.get(name) instanceof Obj obj ? obj : EMPTY;
        }

        /** The member as a list, empty where it is absent or something else. */
        public List<Json> list(String name) {
            return members.get(name) instanceof Arr arr ? arr.items() : List.of();
        }

        public Optional<String> text(String name) {
            return members.get(name) instanceof Str str ? Optional.of(str.value()) : Optional.empty();
        }

        public Optional<Integer> number(String name) {
            return members.get(name) instanceof Num num
                    ? Optional.of(num.value().intValue())
                    : Optional.empty();
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(String value) implements Json {}

    record Num(BigDecimal value) implements Json {}

    record Bool(boolean value) implements Json {}

    enum Null implements Json {
        NULL
    }

    Obj EMPTY = new Obj(new LinkedHashMap<>());

    static Json text(String value) {
        return new Str(value);
    }

    static Json number(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static Json bool(boolean value) {
        return new Bool(value);
    }

    static Arr array(Collection<? extends Json> items) {
        return new Arr(new ArrayList<>(items));
    }

    static Obj texts(Map<String, String> members) {
        var copy = new LinkedHashMap<String, Json>();
        members.forEach((name, value) -> copy.put(name, new Str(value)));
        return new Obj(copy);
    }
}
