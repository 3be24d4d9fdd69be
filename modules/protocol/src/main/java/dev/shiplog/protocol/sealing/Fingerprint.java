package dev.shiplog.protocol.sealing;

import dev.shiplog.domain.ApplicationName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 over a Secret's application, name and (key, value) pairs in the order of the keys, each part behind its
 * length in four bytes. By it a Secret that was sealed anew is known to be unchanged, so that no pod restarts.
 *
 * <p>It says nothing to those without the key; who has it (every submitter) can try guesses against it, which only
 * helps with values that can be guessed. Equal values in two Secrets have different fingerprints.
 */
final class Fingerprint {

    private static final String ALGORITHM = "HmacSHA256";

    private Fingerprint() {}

    static String of(byte[] key, ApplicationName application, String secret, SortedMap<String, byte[]> values) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            put(mac, application.toString().getBytes(StandardCharsets.UTF_8));
            put(mac, secret.getBytes(StandardCharsets.UTF_8));
            values.forEach((name, value) -> {
                put(mac, name.getBytes(StandardCharsets.UTF_8));
                put(mac, value);
            });
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static void put(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(4).putInt(part.length).flip());
        mac.update(part);
    }
}
