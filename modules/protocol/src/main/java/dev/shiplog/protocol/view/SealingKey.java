package dev.shiplog.protocol.view;

/**
 * What a submitter needs to seal the values of a Secret.
 *
 * @param publicKeyset Tink JSON keyset with the public key (hybrid encryption)
 * @param fingerprintKey base64 of the key of the HMAC-SHA256 by which unchanged values are known without being read
 */
public record SealingKey(String publicKeyset, String fingerprintKey) {}
