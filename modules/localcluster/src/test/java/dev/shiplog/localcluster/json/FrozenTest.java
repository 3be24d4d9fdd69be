package dev.shiplog.localcluster.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FrozenTest {
    private static final String POD = """
            {"metadata":{"name":"a","labels":{"app":"hello"}},"spec":{"containers":[{"name":"main","ports":[80,81]}],
             "empty":{},"none":null,"many":[]},"sum":1.5,"on":true}
            """;

    @Test
    void isEqualToWhatItWasMadeOfAndWrittenAlike() {
        ObjectNode thawed = parse(POD);

        ObjectNode frozen = Frozen.of(thawed);

        assertThat(frozen).isEqualTo(thawed).hasSameHashCodeAs(thawed);
        assertThat(thawed).isEqualTo(frozen);
        assertThat(frozen).hasToString(thawed.toString());
        assertThat(frozen.deepCopy().put("more", 1).size()).isEqualTo(thawed.size() + 1);
    }

    @Test
    void isOneForWhatIsEqual() {
        ObjectNode one = Frozen.of(parse(POD));
        ObjectNode other = Frozen.of(parse(POD.replace("\"a\"", "\"b\"")));

        assertThat(other.path("spec")).isSameAs(one.path("spec"));
        assertThat(other.at("/metadata/labels")).isSameAs(one.at("/metadata/labels"));
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void keepsTheOrderOfFields() {
        ObjectNode one = Frozen.of(parse("{\"x\":{\"a\":1,\"b\":2}}"));
        ObjectNode other = Frozen.of(parse("{\"x\":{\"b\":2,\"a\":1}}"));

        assertThat(other).isEqualTo(one);
        assertThat(other).hasToString("{\"x\":{\"b\":2,\"a\":1}}");
    }

    @Test
    void holdsMoreFieldsThanAreLookedAtInTurn() {
        ObjectNode wide = Json.object();
        for (int i = 0; i < 1_000; i++) {
            wide.put("key-" + i, i);
        }

        assertThat(Frozen.of(wide)).isEqualTo(wide).hasToString(wide.toString());
    }

    @Test
    void cannotBeChanged() {
        ObjectNode frozen = Frozen.of(parse(POD));

        assertThatThrownBy(() -> frozen.put("more", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((ObjectNode) frozen.path("metadata")).remove("name"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.withArray("/spec/many").add(1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static ObjectNode parse(String json) {
        return (ObjectNode) Json.parse(json);
    }
}
