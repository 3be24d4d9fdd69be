package dev.shiplog.protocol.sealing;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.protocol.view.SealingKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The submitter's side: seals the values of Secrets with the server's public key. */
public final class Sealer {

    /** The annotation with the fingerprint of the values. */
    public static final String FINGERPRINT = "shiplog.dev/fingerprint";

    private final HybridEncrypt encrypt;
    private final byte[] fingerprintKey;

    private Sealer(HybridEncrypt encrypt, byte[] fingerprintKey) {
        this.encrypt = encrypt;
        this.fingerprintKey = fingerprintKey;
    }

    /** @throws SealingFailure if that is no key */
    public static Sealer with(SealingKey key) {
        try {
            var configuration = HybridConfig2026.get();
            var keyset = TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(key.publicKeyset(), configuration);
            return new Sealer(
                    keyset.getPrimitive(configuration, HybridEncrypt.class),
                    Base64.getDecoder().decode(key.fingerprintKey()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealingFailure(
                    "the server's sealing key is not understood; is the server of another version?", e);
        }
    }

    /** Whether the object is a Secret with values to be sealed. */
    public static boolean isPlainSecret(Json.Obj object) {
        return object.text("kind").filter("Secret"::equals).isPresent()
                && object.text("apiVersion").filter("v1"::equals).isPresent()
                && (object.at("data").isPresent() || object.at("stringData").isPresent());
    }

    /**
     * The Secret with its {@code data} and {@code stringData} sealed; as in Kubernetes, {@code stringData} wins.
     *
     * @throws SealingFailure naming the key whose value is no text, or under {@code data} no base64
     */
    public KubernetesObject seal(ApplicationName application, Json.Obj secret) {
        var name = secret.object("metadata").text("name").orElse("");
        var values = new TreeMap<String, byte[]>();
        secret.object("data")
                .members()
                .forEach((key, value) -> values.put(key, decoded(application, name, key, value)));
        secret.object("stringData").members().forEach((key, value) -> {
            if (!(value instanceof Json.Str text)) {
                throw new SealingFailure(new Place(application, name, key) + ": stringData needs a text");
            }
            values.put(key, text.value().getBytes(StandardCharsets.UTF_8));
        });
        return seal(application, secret.without("data").without("stringData"), values);
    }

    /**
     * The Secret with the values sealed and their fingerprint as an annotation.
     *
     * @param secret the Secret without values; its name is that of the release file
     */
    public KubernetesObject seal(ApplicationName application, Json.Obj secret, Map<String, byte[]> values) {
        SortedMap<String, byte[]> sorted = new TreeMap<>(values);
        var name = secret.object("metadata").text("name").orElse("");
        var sealed = new TreeMap<String, String>();
        sorted.forEach((key, value) -> sealed.put(key, seal(new Place(application, name, key), value)));
        return new KubernetesObject(secret, sealed)
                .withAnnotations(Map.of(FINGERPRINT, Fingerprint.of(fingerprintKey, application, name, sorted)));
    }

    private String seal(Place place, byte[] value) {
        try {
            return Base64.getEncoder().encodeToString(encrypt.encrypt(value, place.bytes()));
        } catch (GeneralSecurityException e) {
            throw new SealingFailure(place + " could not be sealed with the server's key", e);
        }
    }

    private static byte[] decoded(ApplicationName application, String name, String key, Json value) {
        var place = new Place(application, name, key);
        if (!(value instanceof Json.Str text)) {
            throw new SealingFailure(place + ": data needs a text in base64");
        }
        try {
            return Base64.getMimeDecoder().decode(text.value());
        } catch (IllegalArgumentException e) {
            // Without its cause: that one quotes the value.
            throw new SealingFailure(place + " is no base64; put plain text under stringData");
        }
    }
}
