package dev.shiplog.localcluster.kubelet;

import java.util.regex.Pattern;

/** What container runtimes take for the name of an image: {@code [HOST[:PORT]/]PATH[:TAG][@DIGEST]}, the path in small letters. */
final class ImageName {

    private static final String HOST = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?/)?";
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[.]|__?|-+)[a-z0-9]+)*";
    private static final String PATH = COMPONENT + "(?:/" + COMPONENT + ")*";
    private static final String TAG = "(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?";
    private static final String DIGEST = "(?:@[a-zA-Z][a-zA-Z0-9_+.-]*:[0-9a-fA-F]{32,})?";
    private static final Pattern WHOLE = Pattern.compile(HOST + PATH + TAG + DIGEST);

    private ImageName() {}

    static boolean isValid(String name) {
        return WHOLE.matcher(name).matches();
    }

    /** What a kubelet says of one that is not. */
    static String refusal(String name) {
        var lower = isValid(name.toLowerCase(java.util.Locale.ROOT));
        return "Failed to apply default image tag \"" + name + "\": couldn't parse image name \"" + name
                + "\": invalid reference format" + (lower ? ": repository name (" + name + ") must be lowercase" : "");
    }
}
