package dev.shiplog.protocol;

import com.google.protobuf.Message;
import java.util.List;

/** Refuses a message with a text, however deep, that can't be stored as it is. */
final class Texts {

    private Texts() {}

    static void check(Message message, String path) {
        message.getAllFields().forEach((field, value) -> {
            var place = Paths.member(path, field.getJsonName());
            if (field.isRepeated()) {
                var items = (List<?>) value;
                for (int i = 0; i < items.size(); i++) {
                    checkValue(items.get(i), Paths.item(place, i));
                }
            } else {
                checkValue(value, place);
            }
        });
    }

    private static void checkValue(Object value, String path) {
        switch (value) {
            case Message message -> check(message, path);
            case String text -> JsonValues.wellFormed(text, path);
            default -> {
                // Numbers, flags, enums and bytes are stored as they are.
            }
        }
    }
}
