package dev.shiplog.kubernetes.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quantity in its canonical form: no fraction, and the largest suffix of its own family that leaves none.
 *
 * <p>Examples: {@code 0.2} is {@code 200m}, {@code 10240Ki} is {@code 10Mi}, {@code 1000m} is {@code 1}, {@code 0.5Gi}
 * is {@code 512Mi}, {@code 1e5} is {@code 100e3}. A binary quantity below 1024 is written as a decimal one: {@code
 * 0.1Ki} is {@code 102400m}. What is smaller than {@code 1n} is rounded up.
 *
 * <p>Rules: <a
 * href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Kubernetes API reference,
 * Quantity</a>.
 */
public final class Quantity {

    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d{1,3}|)");
    private static final String DECIMAL = "num kMGTPE";
    private static final int NANO = -9;
    private static final String BINARY = "KMGTPE";
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    private Quantity() {}

    /** The canonical form; empty if the text is no quantity. */
    public static Optional<String> canonical(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var suffix = matcher.group(2);
        var value = value(matcher);
        return Optional.of(isBinary(suffix) ? binary(value) : decimal(value, suffix.length() > 1));
    }

    /** The number that the text stands for, e.g. 0.2 for {@code 200m}; empty if it is no quantity. */
    public static Optional<BigDecimal> value(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(value(matcher)) : Optional.empty();
    }

    private static BigDecimal value(Matcher matcher) {
        var number = new BigDecimal(matcher.group(1));
        var suffix = matcher.group(2);
        if (isBinary(suffix)) {
            return number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(suffix.charAt(0)) + 1)));
        }
        if (suffix.length() > 1) {
            return number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
        }
        int thousands = suffix.isEmpty() ? 0 : DECIMAL.indexOf(suffix.charAt(0)) - 3;
        return number.scaleByPowerOfTen(3 * thousands);
    }

    private static boolean isBinary(String suffix) {
        return suffix.length() == 2 && suffix.charAt(1) == 'i';
    }

    /** In steps of 1024, as people write memory: {@code 10Mi}. */
    public static String binary(BigDecimal value) {
        if (value.abs().compareTo(new BigDecimal(KIBI)) < 0) {
            return decimal(value, false);
        }
        var whole = value.setScale(0, RoundingMode.UP).toBigIntegerExact();
        int power = 0;
        while (power < BINARY.length() && whole.mod(KIBI).signum() == 0) {
            whole = whole.divide(KIBI);
            power++;
        }
        return power == 0 ? whole.toString() : whole + String.valueOf(BINARY.charAt(power - 1)) + "i";
    }

    /** In steps of 1000, as people write processors and counts: {@code 200m}. */
    public static String decimal(BigDecimal value) {
        return decimal(value, false);
    }

    private static String decimal(BigDecimal value, boolean exponent) {
        var nanos = value.scaleByPowerOfTen(-NANO).setScale(0, RoundingMode.UP).toBigIntegerExact();
        if (nanos.signum() == 0) {
            return "0";
        }
        int power = NANO;
        while (power < 18 && nanos.mod(THOUSAND).signum() == 0) {
            nanos = nanos.divide(THOUSAND);
            power += 3;
        }
        if (power == 0) {
            return nanos.toString();
        }
        return exponent ? nanos + "e" + power : nanos + String.valueOf(DECIMAL.charAt(power / 3 + 3));
    }
}
