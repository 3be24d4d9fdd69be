package dev.shiplog.protocol;

/** Where in a message, in the words of its JSON form: {@code apply.spec.objects[2].sealed}. */
final class Paths {

    private Paths() {}

    static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
