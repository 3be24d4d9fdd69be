package dev.shiplog.localcluster.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An amount of cpu, memory or the like. It is written canonically: the largest unit that leaves no fraction, so that
 * {@code 0.2} is {@code 200m} and {@code 10240Ki} is {@code 10Mi}.
 */
public record Quantity(BigDecimal value, Notation notation) implements Comparable<Quantity> {
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Notation.DECIMAL);

    /** In powers of 1000, of 1024, or with an exponent. */
    public enum Notation {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    private static final Pattern WRITTEN =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)");
    private static final List<String> DECIMAL_UNITS = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY_UNITS = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final int UNIT_OF_ONE = 3;
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    /** What a JSON text or number says, or nothing if it says no quantity. */
    public static Optional<Quantity> of(JsonNode node) {
        return node.isString() || node.isNumber() ? parse(node.asString()) : Optional.empty();
    }

    public static Optional<Quantity> parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String unit = matcher.group(2);
        if (unit.endsWith("i")) {
            return Optional.of(new Quantity(number.multiply(KIBI.pow(BINARY_UNITS.indexOf(unit))), Notation.BINARY));
        }
        if (unit.length() > 1 && (unit.startsWith("e") || unit.startsWith("E"))) {
            if (unit.length() > 4) {
                return Optional.empty();
            }
            int exponent = Integer.parseInt(unit.substring(1));
            return Optional.of(new Quantity(number.scaleByPowerOfTen(exponent), Notation.EXPONENT));
        }
        int power = 3 * (DECIMAL_UNITS.indexOf(unit) - UNIT_OF_ONE);
        return Optional.of(new Quantity(number.scaleByPowerOfTen(power), Notation.DECIMAL));
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), value.signum() == 0 ? other.notation : notation);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(value.subtract(other.value), value.signum() == 0 ? other.notation : notation);
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        if (value.signum() == 0) {
            return "0";
        }
        return switch (notation) {
            case BINARY -> value.abs().compareTo(KIBI) < 0 ? decimal(DECIMAL_UNITS) : binary();
            case DECIMAL -> decimal(DECIMAL_UNITS);
            case EXPONENT -> exponent();
        };
    }

    private String binary() {
        BigInteger whole = value.setScale(0, RoundingMode.UP).toBigIntegerExact();
        int unit = 0;
        while (unit < BINARY_UNITS.size() - 1
                && whole.mod(BigInteger.valueOf(1024)).signum() == 0) {
            whole = whole.shiftRight(10);
            unit++;
        }
        return whole + BINARY_UNITS.get(unit);
    }

    private String decimal(List<String> units) {
        BigInteger nanos = nanos();
        int unit = 0;
        while (unit < units.size() - 1 && nanos.mod(BigInteger.valueOf(1000)).signum() == 0) {
            nanos = nanos.divide(BigInteger.valueOf(1000));
            unit++;
        }
        return nanos + units.get(unit);
    }

    private String exponent() {
        BigInteger nanos = nanos();
        int exponent = -9;
        while (nanos.mod(BigInteger.valueOf(1000)).signum() == 0) {
            nanos = nanos.divide(BigInteger.valueOf(1000));
            exponent += 3;
        }
        return exponent == 0 ? nanos.toString() : nanos + "e" + exponent;
    }

    /** Nothing finer than a billionth is kept; what is finer is rounded away from zero. */
    private BigInteger nanos() {
        return value.scaleByPowerOfTen(9).setScale(0, RoundingMode.UP).toBigIntegerExact();
    }
}
