package dev.shiplog.domain.release;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The name under which a ConfigMap or Secret of a release is written: its own name and a hash of its content, so that
 * pods of two revisions each keep their own configuration, and unchanged configuration restarts nothing. Two applications
 * that bring the same ConfigMap get one each, so that neither can take it away from the other.
 */
final class ConfigName {

    /** On a Secret: a keyed fingerprint of its values, made where it was sealed; says nothing without the key. */
    static final String FINGERPRINT = "shiplog.dev/fingerprint";

    /** On the objects written: the name that the release file gave. */
    static final String NAME = "shiplog.dev/name";

    private ConfigName() {}

    static boolean isConfig(KubernetesObject object) {
        return object.apiVersion().equals("v1")
                && (object.kind().equals("ConfigMap") || object.kind().equals("Secret"));
    }

    static String of(ApplicationName application, KubernetesObject config) {
        return config.name() + "-" + hash(application, config);
    }

    private static String hash(ApplicationName application, KubernetesObject config) {
        var fingerprint = config.kind().equals("Secret")
                ? config.json().object("metadata").object("annotations").text(FINGERPRINT)
                : Optional.<String>empty();
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        put(digest, application.toString());
        if (fingerprint.isPresent()) {
            put(digest, fingerprint.get());
        } else {
            put(digest, sorted(config.json().object("data")));
            put(digest, sorted(config.json().object("binaryData")));
            put(digest, config.sealed().toString());
        }
        put(digest, config.json().text("type").orElse(""));
        return HexFormat.of().formatHex(digest.digest(), 0, 5);
    }

    /** The order of the keys says nothing. */
    private static String sorted(Json.Obj data) {
        return JsonText.of(new Json.Obj(new TreeMap<>(data.members())));
    }

    private static void put(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
