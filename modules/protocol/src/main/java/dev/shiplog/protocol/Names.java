package dev.shiplog.protocol;

import dev.shiplog.domain.ApplicationName;
import java.util.Arrays;

/** Names that a message gives as text. */
final class Names {

    private Names() {}

    static <E extends Enum<E>> E constant(Class<E> type, String name, String path) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> FieldProblem.unknown(
                        path, "\"" + name + "\" is none of " + Arrays.toString(type.getEnumConstants())));
    }

    static ApplicationName application(String text, String path) {
        try {
            return ApplicationName.parse(text);
        } catch (IllegalArgumentException e) {
            throw FieldProblem.invalid(path, String.valueOf(e.getMessage()));
        }
    }
}
