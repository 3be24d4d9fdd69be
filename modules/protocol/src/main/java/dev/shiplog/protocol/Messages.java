package dev.shiplog.protocol;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.shiplog.domain.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Messages as bytes and as proto3 JSON. */
final class Messages {

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    private Messages() {}

    /** The same message always gives the same bytes: hashes go over them. */
    static byte[] toBytes(Message message) {
        var bytes = new byte[message.getSerializedSize()];
        var output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            message.writeTo(output);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of its own size holds the message", e);
        }
        output.checkNoSpaceLeft();
        return bytes;
    }

    /** Whole numbers as such, although a Struct, which only has doubles, would show {@code 3.0}. */
    static String toJson(MessageOrBuilder message) {
        try {
            return JsonText.of(JsonValues.parse(PRINTER.print(message)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("there is no Any in our messages that could be unknown", e);
        }
    }

    /** @throws IllegalArgumentException with the path of the field that is wrong */
    static void mergeJson(String text, Message.Builder into) {
        JsonFields.check(JsonValues.tree(text, ""), into.getDescriptorForType(), "");
        try {
            PARSER.merge(text, into);
        } catch (InvalidProtocolBufferException e) {
            throw FieldProblem.invalid("", String.valueOf(e.getMessage()));
        }
    }
}
