package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.api.ShiplogApi;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A YAML value that still knows where it stands. */
sealed interface Yaml {

    Place place();

    JsonNode json();

    /** For messages: "a number 5", "a list". */
    String described();

    record Mapping(Place place, SequencedMap<String, Entry> entries) implements Yaml {

        record Entry(Place key, Yaml value) {}

        /** Where the value of a member stands, or where it would be. */
        Place place(String name) {
            return at(name).map(Yaml::place).orElse(place);
        }

        Optional<Yaml> at(String name) {
            return Optional.ofNullable(entries.get(name)).map(Entry::value);
        }

        /** The text of a member; none if it is absent or no string. */
        Optional<String> text(String name) {
            return at(name).flatMap(value ->
                    value instanceof Scalar scalar && scalar.value().isString()
                            ? Optional.of(scalar.value().stringValue())
                            : Optional.empty());
        }

        Optional<Mapping> mapping(String name) {
            return at(name).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }

        List<Yaml> items(String name) {
            return at(name).map(value -> value instanceof Sequence sequence ? sequence.items() : List.<Yaml>of())
                    .orElse(List.of());
        }

        @Override
        public ObjectNode json() {
            var object = ShiplogApi.JSON.createObjectNode();
            entries.forEach((name, entry) -> object.set(name, entry.value().json()));
            return object;
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    record Sequence(Place place, List<Yaml> items) implements Yaml {
        @Override
        public JsonNode json() {
            var array = ShiplogApi.JSON.createArrayNode();
            items.forEach(item -> array.add(item.json()));
            return array;
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    record Scalar(Place place, JsonNode value) implements Yaml {
        @Override
        public JsonNode json() {
            return value;
        }

        @Override
        public String described() {
            return switch (value.getNodeType()) {
                case STRING -> "the text " + value;
                case NUMBER -> "the number " + value;
                case BOOLEAN -> "the truth value " + value;
                default -> "nothing";
            };
        }
    }
}
