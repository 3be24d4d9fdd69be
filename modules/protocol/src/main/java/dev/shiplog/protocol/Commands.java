package dev.shiplog.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.protocol.Reading.NotUnderstood;
import dev.shiplog.protocol.Reading.Understood;
import dev.shiplog.protocol.v1.CommandProto;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Commands as people and programs send them: protobuf or its JSON form, bare or in Confluent's frame. */
public final class Commands {

    /** Who asked, where nobody says. */
    static final String ANONYMOUS = "anonymous";

    /** Characters of an id, and of a source. */
    private static final int LONGEST_ID = 512;

    private Commands() {}

    public static Reading read(byte[] value, Envelope envelope) {
        try {
            var stated = envelope.contentType();
            var format = stated.isPresent() ? Format.of(stated.get()) : Optional.of(guess(value));
            if (format.isEmpty()) {
                return new NotUnderstood(
                        "unsupported-content-type",
                        "content-type \"" + stated.orElse("") + "\": " + Format.PROTOBUF.contentType() + " or "
                                + Format.JSON.contentType() + " is needed");
            }
            return understood(parse(Framing.strip(value, format.get()), format.get()), envelope);
        } catch (FieldProblem problem) {
            return new NotUnderstood(problem.code(), problem.sentence());
        } catch (InvalidProtocolBufferException e) {
            return new NotUnderstood("malformed", "no shiplog.v1.Command in protobuf: " + e.getMessage());
        } catch (CharacterCodingException e) {
            return new NotUnderstood("malformed", "JSON is UTF-8, and these bytes are not");
        }
    }

    public static byte[] toProtobuf(Understood command) {
        return Messages.toBytes(toProto(command, ObjectForm.EXACT));
    }

    public static String toJson(Understood command) {
        return Messages.toJson(toProto(command, ObjectForm.NATURAL));
    }

    /** No protobuf Command begins with a brace or with white space: they would be groups, or fields it does not have. */
    private static Format guess(byte[] value) {
        for (int i = Framing.isFramed(value) ? Framing.PREFIX : 0; i < value.length; i++) {
            switch (value[i]) {
                case ' ', '\t', '\r', '\n' -> {}
                case '{' -> {
                    return Format.JSON;
                }
                default -> {
                    return Format.PROTOBUF;
                }
            }
        }
        return Format.PROTOBUF;
    }

    private static CommandProto.Command parse(byte[] bytes, Format format)
            throws InvalidProtocolBufferException, CharacterCodingException {
        return switch (format) {
            case PROTOBUF -> {
                var message = CommandProto.Command.parseFrom(bytes);
                UnknownFields.refuse(message, "");
                yield message;
            }
            case JSON -> {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                var message = CommandProto.Command.newBuilder();
                Messages.mergeJson(text, message);
                yield message.build();
            }
        };
    }

    private static Reading understood(CommandProto.Command message, Envelope envelope) {
        Texts.check(message, "");
        var named = message.getApplication();
        var key = envelope.key().orElse(named);
        if (!named.isEmpty() && !key.equals(named)) {
            return new NotUnderstood(
                    "key-mismatch",
                    "the key says \"" + key + "\", the command's application is \"" + named
                            + "\"; they must be the same, for the key keeps the order");
        }
        if (key.isEmpty()) {
            throw FieldProblem.missing("application", "NAMESPACE/NAME is needed, e.g. \"default/hello\"");
        }
        ApplicationName application = Names.application(key, "application");
        return new Understood(
                application,
                id(message, envelope),
                Principal.claimed(message.getActor().isBlank() ? ANONYMOUS : message.getActor()),
                message.getReason(),
                Actions.fromProto(message));
    }

    private static CommandId id(CommandProto.Command message, Envelope envelope) {
        var id = envelope.id().orElse(message.getId());
        var source = envelope.source().orElse(message.getSource());
        var otherwise = envelope.otherwise();
        if (id.isBlank() && otherwise.isEmpty()) {
            throw FieldProblem.missing(
                    "id", "the command's id is needed, here or as header ce_id; by it a repeated command is known");
        }
        return new CommandId(
                kept(source.isBlank() ? otherwise.map(CommandId::source).orElse("") : source, "source"),
                kept(id.isBlank() ? otherwise.map(CommandId::id).orElseThrow() : id, "id"));
    }

    /** It is kept for long; it may not be used to fill the memory. */
    private static String kept(String text, String field) {
        if (text.length() > LONGEST_ID) {
            throw FieldProblem.invalid(field, "it may have " + LONGEST_ID + " characters, not " + text.length());
        }
        return JsonValues.wellFormed(text, field);
    }

    private static CommandProto.Command toProto(Understood command, ObjectForm form) {
        var message = CommandProto.Command.newBuilder()
                .setId(command.id().id())
                .setSource(command.id().source())
                .setApplication(command.application().toString())
                .setActor(command.principal().name())
                .setReason(command.reason());
        Actions.set(message, command.command(), form);
        return message.build();
    }
}
