package dev.shiplog.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.v1.OutcomeProto;
import java.nio.charset.StandardCharsets;

/** What became of commands, as it appears on the topic of outcomes. */
public final class Outcomes {

    /** The outcome of one command for one application. */
    public record Told(CommandId id, ApplicationName application, Outcome outcome) {}

    private Outcomes() {}

    public static byte[] toProtobuf(Told told) {
        return Messages.toBytes(toProto(told));
    }

    public static String toJson(Told told) {
        return Messages.toJson(toProto(told));
    }

    /** @throws IllegalArgumentException if the bytes are no outcome in the format */
    public static Told read(byte[] bytes, Format format) {
        return fromProto(
                switch (format) {
                    case PROTOBUF -> parse(bytes);
                    case JSON -> {
                        var message = OutcomeProto.Outcome.newBuilder();
                        Messages.mergeJson(new String(bytes, StandardCharsets.UTF_8), message);
                        yield message.build();
                    }
                });
    }

    private static OutcomeProto.Outcome parse(byte[] bytes) {
        try {
            return OutcomeProto.Outcome.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no outcome: " + e.getMessage(), e);
        }
    }

    private static Told fromProto(OutcomeProto.Outcome message) {
        return new Told(
                new CommandId(message.getCommandSource(), message.getCommandId()),
                Names.application(message.getApplication(), "application"),
                switch (message.getOutcomeCase()) {
                    case ACCEPTED ->
                        new Outcome.Accepted(
                                message.getAccepted().getRevision(),
                                message.getAccepted().getMessage(),
                                message.getAccepted().getRevisionsList().stream()
                                        .map(made -> new Outcome.Made(made.getRevision(), made.getClustersList()))
                                        .toList());
                    case REFUSED ->
                        new Outcome.Refused(
                                message.getRefused().getCode(),
                                message.getRefused().getMessage());
                    case OUTCOME_NOT_SET -> throw FieldProblem.missing("outcome", "neither accepted nor refused");
                });
    }

    private static OutcomeProto.Outcome toProto(Told told) {
        var message = OutcomeProto.Outcome.newBuilder()
                .setCommandId(told.id().id())
                .setCommandSource(told.id().source())
                .setApplication(told.application().toString());
        switch (told.outcome()) {
            case Outcome.Accepted accepted -> {
                var answer = message.getAcceptedBuilder()
                        .setRevision(accepted.revision())
                        .setMessage(accepted.message());
                for (var made : accepted.revisions()) {
                    answer.addRevisionsBuilder().setRevision(made.revision()).addAllClusters(made.clusters());
                }
            }
            case Outcome.Refused refused ->
                message.getRefusedBuilder().setCode(refused.code()).setMessage(refused.message());
        }
        return message.build();
    }
}
