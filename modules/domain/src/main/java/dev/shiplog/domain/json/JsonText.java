package dev.shiplog.domain.json;

import java.util.Iterator;

/** Compact JSON text of a value, members in their order: the form that is hashed and stored. */
public final class JsonText {

    private JsonText() {}

    public static String of(Json value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Json value, StringBuilder text) {
        switch (value) {
            case Json.Obj object -> {
                text.append('{');
                for (var members = object.members().entrySet().iterator(); members.hasNext(); ) {
                    var member = members.next();
                    quote(member.getKey(), text);
                    text.append(':');
                    write(member.getValue(), text);
                    separate(members, text);
                }
                text.append('}');
            }
            case Json.Arr list -> {
                text.append('[');
                for (var items = list.items().iterator(); items.hasNext(); ) {
                    write(items.next(), text);
                    separate(items, text);
                }
                text.append(']');
            }
            case Json.Str string -> quote(string.value(), text);
            case Json.Num number -> text.append(number.value().toPlainString());
            case Json.Bool bool -> text.append(bool.value());
            case Json.Null ignored -> text.append("null");
        }
    }

    private static void separate(Iterator<?> rest, StringBuilder text) {
        if (rest.hasNext()) {
            text.append(',');
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
