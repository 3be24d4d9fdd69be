package dev.shiplog.localcluster.json;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What plain words mean in the YAML 1.1 of Kubernetes: {@code yes} is true, {@code 017} is fifteen, {@code 1_000} a thousand. */
final class Yaml11 extends CoreSchema {
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Pattern WHOLE = Pattern.compile(
            "[-+]?(0b[01_]*[01][01_]*|0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|0o[0-7_]*[0-7][0-7_]*|0[0-7_]*|[1-9][0-9_]*)");
    private static final Pattern BROKEN = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private final Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());

    Yaml11() {
        constructors.put(Tag.BOOL, node -> TRUE.contains(text(node)));
        constructors.put(Tag.INT, node -> whole(text(node)));
        constructors.put(Tag.NULL, node -> null);
    }

    @Override
    public ScalarResolver getScalarResolver() {
        return (value, implicit) -> implicit ? tag(value) : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return constructors;
    }

    /** Whether the word, written plainly, would be something else than a text. */
    static boolean isNoText(String word) {
        return !tag(word).equals(Tag.STR);
    }

    private static Tag tag(String word) {
        if (NULL.contains(word)) {
            return Tag.NULL;
        }
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return Tag.BOOL;
        }
        if (WHOLE.matcher(word).matches()) {
            return Tag.INT;
        }
        return BROKEN.matcher(word).matches() ? Tag.FLOAT : Tag.STR;
    }

    private static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }

    private static BigInteger whole(String word) {
        String digits = word.replaceAll("[-+_]", "").toLowerCase(Locale.ROOT);
        BigInteger value = switch (digits.length() < 2 ? "" : digits.substring(0, 2)) {
            case "0b" -> new BigInteger(digits.substring(2), 2);
            case "0x" -> new BigInteger(digits.substring(2), 16);
            case "0o" -> new BigInteger(digits.substring(2), 8);
            default -> new BigInteger(digits, digits.startsWith("0") ? 8 : 10);
        };
        return word.startsWith("-") ? value.negate() : value;
    }
}
