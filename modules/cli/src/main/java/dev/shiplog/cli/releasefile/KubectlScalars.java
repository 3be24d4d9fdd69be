package dev.shiplog.cli.releasefile;

import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * What an unquoted scalar means: the same as to kubectl, which reads YAML 1.1. So {@code defaultMode: 0644} is 420, and
 * {@code yes} is true.
 */
final class KubectlScalars implements ScalarResolver {

    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE|yes|Yes|YES|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE|no|No|NO|off|Off|OFF");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(?:0|[1-9][0-9]*|0[0-7]+|0o[0-7]+|0x[0-9a-fA-F]+|0b[01]+)");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+\\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?");

    @Override
    public Tag resolve(String value, Boolean implicit) {
        if (!implicit) {
            return Tag.STR;
        }
        if (NULL.matcher(value).matches()) {
            return Tag.NULL;
        }
        if (TRUE.matcher(value).matches() || FALSE.matcher(value).matches()) {
            return Tag.BOOL;
        }
        if (INTEGER.matcher(value).matches()) {
            return Tag.INT;
        }
        return FLOAT.matcher(value).matches() ? Tag.FLOAT : Tag.STR;
    }

    /** The value as JSON; none if the text is not of the tag's form or the tag has no JSON. */
    static Optional<JsonNode> value(Tag tag, String text) {
        var nodes = JsonNodeFactory.instance;
        if (tag.equals(Tag.STR)) {
            return Optional.of(nodes.stringNode(text));
        }
        if (tag.equals(Tag.NULL)) {
            return Optional.of(NullNode.getInstance());
        }
        if (tag.equals(Tag.BOOL)) {
            return TRUE.matcher(text).matches() || FALSE.matcher(text).matches()
                    ? Optional.of(BooleanNode.valueOf(TRUE.matcher(text).matches()))
                    : Optional.empty();
        }
        if (tag.equals(Tag.INT) && INTEGER.matcher(text).matches()) {
            return Optional.of(integer(text));
        }
        if (tag.equals(Tag.FLOAT)
                && (FLOAT.matcher(text).matches() || INTEGER.matcher(text).matches())) {
            return Optional.of(DecimalNode.valueOf(new java.math.BigDecimal(text)));
        }
        return Optional.empty();
    }

    private static JsonNode integer(String text) {
        boolean negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = 10;
        int prefix = 0;
        if (digits.startsWith("0x")) {
            radix = 16;
            prefix = 2;
        } else if (digits.startsWith("0b")) {
            radix = 2;
            prefix = 2;
        } else if (digits.startsWith("0o")) {
            radix = 8;
            prefix = 2;
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
            prefix = 1;
        }
        var number = new java.math.BigInteger(digits.substring(prefix), radix);
        var signed = negative ? number.negate() : number;
        return signed.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(signed.longValue())
                : BigIntegerNode.valueOf(signed);
    }
}
