package dev.shiplog.protocol;

import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.util.Optional;

/** Strategies and their amounts. */
public final class Strategies {

    private Strategies() {}

    public static String toJson(Strategy strategy) {
        return Messages.toJson(toProto(strategy));
    }

    /** @throws IllegalArgumentException with the path of the field that is wrong */
    public static Strategy fromJson(String text) {
        var message = ReleaseProto.Strategy.newBuilder();
        Messages.mergeJson(text, message);
        return fromProto(message.build(), "");
    }

    static Strategy fromProto(ReleaseProto.Strategy message, String path) {
        return switch (message.getKindCase()) {
            case ROLLING -> rolling(message.getRolling(), path + ".rolling");
            case RECREATE -> {
                var recreate = message.getRecreate();
                yield new Strategy.Recreate(
                        recreate.hasProgressDeadlineSeconds()
                                ? Optional.of(recreate.getProgressDeadlineSeconds())
                                : Optional.empty());
            }
            case CANARY -> Canaries.fromProto(message.getCanary(), path + ".canary");
            case BLUE_GREEN -> BlueGreens.fromProto(message.getBlueGreen(), path + ".blueGreen");
            case KIND_NOT_SET ->
                throw FieldProblem.missing(path, "one of rolling, recreate, canary and blueGreen is needed");
        };
    }

    private static Strategy rolling(ReleaseProto.Strategy.Rolling message, String path) {
        return new Strategy.Rolling(
                amount(message.getMaxSurge(), path + ".maxSurge"),
                amount(message.getMaxUnavailable(), path + ".maxUnavailable"),
                message.hasProgressDeadlineSeconds()
                        ? Optional.of(message.getProgressDeadlineSeconds())
                        : Optional.empty());
    }

    static Optional<Amount> amount(String text, String path) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Amount.parse(text));
        } catch (IllegalArgumentException e) {
            throw FieldProblem.invalid(path, String.valueOf(e.getMessage()));
        }
    }

    static ReleaseProto.Strategy toProto(Strategy strategy) {
        var message = ReleaseProto.Strategy.newBuilder();
        switch (strategy) {
            case Strategy.Rolling rolling -> {
                var built = message.getRollingBuilder();
                rolling.maxSurge().map(Amount::toString).ifPresent(built::setMaxSurge);
                rolling.maxUnavailable().map(Amount::toString).ifPresent(built::setMaxUnavailable);
                rolling.progressDeadlineSeconds().ifPresent(built::setProgressDeadlineSeconds);
            }
            case Strategy.Recreate recreate -> {
                var built = message.getRecreateBuilder();
                recreate.progressDeadlineSeconds().ifPresent(built::setProgressDeadlineSeconds);
            }
            case Strategy.Canary canary -> message.setCanary(Canaries.toProto(canary));
            case Strategy.BlueGreen blueGreen -> message.setBlueGreen(BlueGreens.toProto(blueGreen));
        }
        return message.build();
    }
}
