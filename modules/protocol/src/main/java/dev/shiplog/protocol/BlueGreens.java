package dev.shiplog.protocol;

import dev.shiplog.domain.course.Durations;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.AutoPromotion;
import dev.shiplog.domain.release.Strategy.CapacityCheck;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The strategy of two colours. */
final class BlueGreens {

    private BlueGreens() {}

    static Strategy.BlueGreen fromProto(ReleaseProto.Strategy.BlueGreen message, String path) {
        return new Strategy.BlueGreen(
                text(message.getActiveService()),
                text(message.getPreviewService()),
                message.hasAutoPromotion()
                        ? promotion(message.getAutoPromotion(), path + ".autoPromotion")
                        : AutoPromotion.AT_ONCE,
                message.hasPreviewReplicas() ? Optional.of(message.getPreviewReplicas()) : Optional.empty(),
                check(message.getCapacityCheck(), path + ".capacityCheck"),
                Times.duration(message.getScaleDownDelay(), path + ".scaleDownDelay"),
                message.hasProgressDeadlineSeconds()
                        ? Optional.of(message.getProgressDeadlineSeconds())
                        : Optional.empty());
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static AutoPromotion promotion(ReleaseProto.Strategy.AutoPromotion message, String path) {
        return switch (message.getWhenCase()) {
            case MANUAL -> message.getManual() ? new AutoPromotion.Manual() : AutoPromotion.AT_ONCE;
            case AFTER ->
                new AutoPromotion.After(
                        Times.duration(message.getAfter(), path + ".after").orElse(Duration.ZERO));
            case WHEN_NOT_SET -> throw FieldProblem.missing(path, "one of manual and after is needed");
        };
    }

    private static CapacityCheck check(String word, String path) {
        return word.isEmpty()
                ? CapacityCheck.ENFORCE
                : Arrays.stream(CapacityCheck.values())
                        .filter(check -> word(check).equals(word))
                        .findFirst()
                        .orElseThrow(
                                () -> FieldProblem.invalid(path, "\"" + word + "\" is none of enforce, warn and off"));
    }

    private static String word(CapacityCheck check) {
        return check.name().toLowerCase(Locale.ROOT);
    }

    static ReleaseProto.Strategy.BlueGreen toProto(Strategy.BlueGreen blueGreen) {
        var message = ReleaseProto.Strategy.BlueGreen.newBuilder();
        blueGreen.activeService().ifPresent(message::setActiveService);
        blueGreen.previewService().ifPresent(message::setPreviewService);
        switch (blueGreen.autoPromotion()) {
            case AutoPromotion.Manual ignored ->
                message.getAutoPromotionBuilder().setManual(true);
            case AutoPromotion.After after ->
                message.getAutoPromotionBuilder().setAfter(Durations.words(after.duration()));
        }
        blueGreen.previewReplicas().ifPresent(message::setPreviewReplicas);
        message.setCapacityCheck(word(blueGreen.capacityCheck()));
        blueGreen.scaleDownDelay().map(Durations::words).ifPresent(message::setScaleDownDelay);
        blueGreen.progressDeadlineSeconds().ifPresent(message::setProgressDeadlineSeconds);
        return message.build();
    }
}
