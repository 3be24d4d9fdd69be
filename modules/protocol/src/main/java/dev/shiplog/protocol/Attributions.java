package dev.shiplog.protocol;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.protocol.v1.EventProto;
import dev.shiplog.protocol.v1.EventProto.Attribution.Proof;

/** Who, why, when, and by which command. */
final class Attributions {

    private Attributions() {}

    static <E> Recorded<E> recorded(EventProto.Attribution message, E event) {
        return new Recorded<>(
                new CommandId(message.getCommandSource(), message.getCommandId()),
                new Principal(message.getPrincipal(), proof(message)),
                message.getReason(),
                Times.fromProto(message.getAt(), "attribution.at"),
                message.getCorrelation(),
                event);
    }

    private static Principal.Proof proof(EventProto.Attribution message) {
        return switch (message.getProof()) {
            case CLAIMED -> Principal.Proof.CLAIMED;
            case SHIPLOG -> Principal.Proof.SHIPLOG;
            case PROOF_UNSPECIFIED ->
                throw FieldProblem.missing("attribution.proof", "how we know who it was is needed");
            case UNRECOGNIZED ->
                throw FieldProblem.unknown("attribution.proof", message.getProofValue() + " is not known here");
        };
    }

    static EventProto.Attribution toProto(Recorded<?> recorded) {
        return EventProto.Attribution.newBuilder()
                .setCommandId(recorded.commandId().id())
                .setCommandSource(recorded.commandId().source())
                .setPrincipal(recorded.principal().name())
                .setProof(
                        switch (recorded.principal().proof()) {
                            case CLAIMED -> Proof.CLAIMED;
                            case SHIPLOG -> Proof.SHIPLOG;
                        })
                .setReason(recorded.reason())
                .setAt(Times.toProto(recorded.at()))
                .setCorrelation(recorded.correlation())
                .build();
    }
}
