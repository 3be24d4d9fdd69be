package dev.shiplog.protocol;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/**
 * Refuses a message with fields that nobody here knows. Of a command from a newer client half would be carried out; and
 * bytes that are no command at all mostly read as a message of unknown fields.
 */
final class UnknownFields {

    private UnknownFields() {}

    static void refuse(Message message, String path) {
        var unknown = message.getUnknownFields().asMap().keySet();
        if (!unknown.isEmpty()) {
            throw FieldProblem.unknown(
                    path,
                    "field number " + unknown.iterator().next() + " is not known here; is the sender newer than this"
                            + " server, or the message no "
                            + message.getDescriptorForType().getFullName() + "?");
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
                var place = Paths.member(path, field.getJsonName());
                if (field.isRepeated()) {
                    var items = (List<?>) value;
                    for (int i = 0; i < items.size(); i++) {
                        refuse((Message) items.get(i), Paths.item(place, i));
                    }
                } else {
                    refuse((Message) value, place);
                }
            }
        });
    }
}
