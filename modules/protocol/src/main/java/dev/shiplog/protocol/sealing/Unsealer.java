package dev.shiplog.protocol.sealing;

import com.google.crypto.tink.HybridDecrypt;
import dev.shiplog.domain.ApplicationName;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The server's side: opens sealed values, with whichever of its keys they were sealed for. */
public final class Unsealer {

    private final HybridDecrypt decrypt;

    Unsealer(HybridDecrypt decrypt) {
        this.decrypt = decrypt;
    }

    /**
     * The values of a Secret by key.
     *
     * @param secret the name that the release file gave, not the one under which it is written; on what is written
     *     stands the former as annotation {@code shiplog.dev/name}
     * @throws SealingFailure naming the first key that can't be opened
     */
    public SequencedMap<String, byte[]> open(ApplicationName application, String secret, Map<String, String> sealed) {
        var values = new TreeMap<String, byte[]>();
        new TreeMap<>(sealed)
                .forEach((key, value) -> values.put(key, open(new Place(application, secret, key), value)));
        return values;
    }

    private byte[] open(Place place, String sealed) {
        byte[] ciphertext;
        try {
            ciphertext = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            // Without its cause: that one quotes the value, which may be a plain one in the wrong place.
            throw new SealingFailure(place + " is not sealed: no base64; shiplog apply seals");
        }
        try {
            return decrypt.decrypt(ciphertext, place.bytes());
        } catch (GeneralSecurityException e) {
            throw new SealingFailure(
                    place + " can't be opened: it was sealed for another server, application, secret or key;"
                            + " submit the release again with shiplog apply");
        }
    }
}
