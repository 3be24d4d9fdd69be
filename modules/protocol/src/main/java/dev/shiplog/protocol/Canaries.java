package dev.shiplog.protocol;

import dev.shiplog.domain.course.Durations;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.release.Strategy.SessionAffinity;
import dev.shiplog.domain.release.Strategy.TrafficRouting;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.util.ArrayList;
import java.util.Optional;

/** The strategy of a canary, and its steps. */
final class Canaries {

    private static final String CLIENT_IP = "ClientIP";

    private Canaries() {}

    static Strategy.Canary fromProto(ReleaseProto.Strategy.Canary message, String path) {
        var steps = new ArrayList<CanaryStep>();
        for (int i = 0; i < message.getStepsCount(); i++) {
            steps.add(step(message.getSteps(i), path + ".steps[" + i + "]"));
        }
        return new Strategy.Canary(
                steps,
                Strategies.amount(message.getMaxSurge(), path + ".maxSurge"),
                Strategies.amount(message.getMaxUnavailable(), path + ".maxUnavailable"),
                message.hasProgressDeadlineSeconds()
                        ? Optional.of(message.getProgressDeadlineSeconds())
                        : Optional.empty(),
                message.hasSessionAffinity()
                        ? Optional.of(affinity(message.getSessionAffinity(), path + ".sessionAffinity"))
                        : Optional.empty(),
                Times.duration(message.getScaleDownDelay(), path + ".scaleDownDelay"),
                message.hasRollbackWindow() ? Optional.of(message.getRollbackWindow()) : Optional.empty(),
                message.hasTrafficRouting()
                        ? Optional.of(routing(message.getTrafficRouting(), path + ".trafficRouting"))
                        : Optional.empty());
    }

    private static CanaryStep step(ReleaseProto.Strategy.Step message, String path) {
        return switch (message.getStepCase()) {
            case SET_WEIGHT -> new CanaryStep.SetWeight(message.getSetWeight());
            case PAUSE ->
                new CanaryStep.Pause(Times.duration(message.getPause().getDuration(), path + ".pause.duration"));
            case SET_CANARY_SCALE -> {
                if (!message.getSetCanaryScale().hasReplicas()) {
                    throw FieldProblem.missing(path + ".setCanaryScale.replicas", "the number of pods is needed");
                }
                yield new CanaryStep.SetCanaryScale(message.getSetCanaryScale().getReplicas());
            }
            case STEP_NOT_SET ->
                throw FieldProblem.missing(path, "one of setWeight, pause and setCanaryScale is needed");
        };
    }

    private static SessionAffinity affinity(ReleaseProto.Strategy.SessionAffinity message, String path) {
        if (!message.getType().isEmpty() && !message.getType().equals(CLIENT_IP)) {
            throw FieldProblem.invalid(
                    path + ".type", "\"" + message.getType() + "\" is not known; Kubernetes knows " + CLIENT_IP);
        }
        return new SessionAffinity(
                message.hasTimeoutSeconds() ? message.getTimeoutSeconds() : SessionAffinity.DEFAULT_TIMEOUT_SECONDS);
    }

    private static TrafficRouting routing(ReleaseProto.Strategy.TrafficRouting message, String path) {
        if (!message.hasGatewayApi() || message.getGatewayApi().getHttpRoute().isEmpty()) {
            throw FieldProblem.missing(path + ".gatewayAPI.httpRoute", "the name of an HTTPRoute is needed");
        }
        return new TrafficRouting(message.getGatewayApi().getHttpRoute());
    }

    static ReleaseProto.Strategy.Canary toProto(Strategy.Canary canary) {
        var message = ReleaseProto.Strategy.Canary.newBuilder();
        canary.steps().forEach(step -> message.addSteps(toProto(step)));
        canary.maxSurge().map(Amount::toString).ifPresent(message::setMaxSurge);
        canary.maxUnavailable().map(Amount::toString).ifPresent(message::setMaxUnavailable);
        canary.progressDeadlineSeconds().ifPresent(message::setProgressDeadlineSeconds);
        canary.sessionAffinity()
                .ifPresent(affinity -> message.getSessionAffinityBuilder()
                        .setType(CLIENT_IP)
                        .setTimeoutSeconds(affinity.timeoutSeconds()));
        canary.scaleDownDelay().map(Durations::words).ifPresent(message::setScaleDownDelay);
        canary.rollbackWindow().ifPresent(message::setRollbackWindow);
        canary.trafficRouting()
                .ifPresent(routing -> message.getTrafficRoutingBuilder()
                        .getGatewayApiBuilder()
                        .setHttpRoute(routing.httpRoute()));
        return message.build();
    }

    private static ReleaseProto.Strategy.Step toProto(CanaryStep step) {
        var message = ReleaseProto.Strategy.Step.newBuilder();
        switch (step) {
            case CanaryStep.SetWeight set -> message.setSetWeight(set.weight());
            case CanaryStep.SetCanaryScale set ->
                message.getSetCanaryScaleBuilder().setReplicas(set.replicas());
            case CanaryStep.Pause pause -> {
                var built = message.getPauseBuilder();
                pause.duration().map(Durations::words).ifPresent(built::setDuration);
            }
        }
        return message.build();
    }
}
