package dev.shiplog.kubernetes.capacity;

import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.quantity.Quantity;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** So much of each resource, in units: cores of {@code cpu}, bytes of {@code memory}, a number of {@code pods}. */
record Amounts(SortedMap<String, BigDecimal> byName) {

    static final String PODS = "pods";
    static final Amounts NONE = new Amounts(new TreeMap<>());
    static final Amounts ONE_POD = new Amounts(new TreeMap<>(Map.of(PODS, BigDecimal.ONE)));

    Amounts {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** Of a map of quantities; what is none is left out, the API server would refuse it. */
    static Amounts of(Json.Obj quantities) {
        var amounts = new TreeMap<String, BigDecimal>();
        quantities.members().forEach((name, value) -> {
            switch (value) {
                case Json.Str text -> Quantity.value(text.value()).ifPresent(amount -> amounts.put(name, amount));
                case Json.Num number -> amounts.put(name, number.value());
                case Json.Obj ignored -> {}
                case Json.Arr ignored -> {}
                case Json.Bool ignored -> {}
                case Json.Null ignored -> {}
            }
        });
        return new Amounts(amounts);
    }

    BigDecimal of(String name) {
        return byName.getOrDefault(name, BigDecimal.ZERO);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    Amounts plus(Amounts other) {
        return merged(other, BigDecimal::add);
    }

    Amounts minus(Amounts other) {
        return plus(other.times(-1));
    }

    /** Of each resource the greater amount. */
    Amounts most(Amounts other) {
        return merged(other, BigDecimal::max);
    }

    /** These, and of the other's those that are not among these. */
    Amounts orElse(Amounts other) {
        return merged(other, (own, ignored) -> own);
    }

    Amounts times(int count) {
        var product = new TreeMap<String, BigDecimal>();
        byName.forEach((name, amount) -> product.put(name, amount.multiply(BigDecimal.valueOf(count))));
        return new Amounts(product);
    }

    private Amounts merged(Amounts other, BinaryOperator<BigDecimal> both) {
        var merged = new TreeMap<>(byName);
        other.byName.forEach((name, amount) -> merged.merge(name, amount, both));
        return new Amounts(merged);
    }

    /** One amount for people: memory and storage in steps of 1024, all else in steps of 1000. */
    static String text(String name, BigDecimal amount) {
        return name.contains("memory") || name.contains("storage") ? Quantity.binary(amount) : Quantity.decimal(amount);
    }
}
