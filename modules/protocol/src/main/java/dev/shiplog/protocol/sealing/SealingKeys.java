package dev.shiplog.protocol.sealing;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.protocol.JsonValues;
import dev.shiplog.protocol.view.SealingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The keys with which Secrets are sealed (HPKE: X25519, HKDF-SHA256, AES-256-GCM) and fingerprinted, kept in one file
 * that only its owner can read:
 *
 * <pre>{@code {"hybrid": <Tink keyset as JSON>, "fingerprintKey": "<base64>"}}</pre>
 *
 * <p>After a {@link #rotate rotation} new values are sealed with the new key and old ones are still opened with theirs.
 * The key of the fingerprints stays: with another one every Secret would look changed. Who loses the file can open no
 * Secret of the past and has to submit its releases again; nodes that share a journal share it.
 */
public final class SealingKeys {

    private static final HpkeParameters PARAMETERS = parameters();
    private static final int FINGERPRINT_KEY_BYTES = 32;

    private final KeysetHandle keyset;
    private final byte[] fingerprintKey;

    private SealingKeys(KeysetHandle keyset, byte[] fingerprintKey) {
        this.keyset = keyset;
        this.fingerprintKey = fingerprintKey;
    }

    /**
     * The keys in the file; where there is none, new ones are made and written.
     *
     * @throws SealingFailure if the file holds anything else
     * @throws UncheckedIOException if it can be neither read nor written
     */
    public static SealingKeys at(Path file) {
        if (Files.exists(file)) {
            return read(file);
        }
        var keys = generate();
        keys.write(file);
        return keys;
    }

    /** New keys that are written nowhere. */
    public static SealingKeys generate() {
        try {
            var random = new byte[FINGERPRINT_KEY_BYTES];
            new SecureRandom().nextBytes(random);
            return new SealingKeys(KeysetHandle.generateNew(PARAMETERS, HybridConfig2026.get()), random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 11 has X25519", e);
        }
    }

    /** These keys and a new one, with which values are sealed from now on. */
    public SealingKeys rotate() {
        try {
            var fresh = KeysetHandle.generateNew(PARAMETERS, HybridConfig2026.get());
            var more = KeysetHandle.newBuilder(keyset)
                    .addEntry(
                            KeysetHandle.importKey(fresh.getPrimary().getKey()).makePrimary())
                    .build();
            return new SealingKeys(more, fingerprintKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key more fits every keyset", e);
        }
    }

    /** How many keys there are. */
    public int size() {
        return keyset.size();
    }

    /** What submitters need. */
    public SealingKey view() {
        try {
            return new SealingKey(
                    TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(
                            keyset.getPublicKeysetHandle(), HybridConfig2026.get()),
                    Base64.getEncoder().encodeToString(fingerprintKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every private key has a public one", e);
        }
    }

    public Unsealer unsealer() {
        try {
            return new Unsealer(keyset.getPrimitive(HybridConfig2026.get(), HybridDecrypt.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset was read or made for this", e);
        }
    }

    /** Writes the file whole or not at all, for its owner only. */
    public void write(Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            try (var channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                var bytes = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the sealing keys can't be written to " + file, e);
        }
    }

    private String text() {
        try {
            var hybrid = TinkJsonProtoKeysetFormat.serializeKeyset(
                    keyset, HybridConfig2026.get(), InsecureSecretKeyAccess.get());
            return JsonText.of(Json.EMPTY
                    .with("hybrid", JsonValues.parse(hybrid))
                    .with("fingerprintKey", Json.text(Base64.getEncoder().encodeToString(fingerprintKey))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset was read or made here", e);
        }
    }

    private static SealingKeys read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the sealing keys can't be read from " + file, e);
        }
        try {
            if (!(JsonValues.parse(text) instanceof Json.Obj object)) {
                throw new IllegalArgumentException("no JSON object");
            }
            var keyset = TinkJsonProtoKeysetFormat.parseKeyset(
                    JsonText.of(object.object("hybrid")), HybridConfig2026.get(), InsecureSecretKeyAccess.get());
            var key = Base64.getDecoder().decode(object.text("fingerprintKey").orElse(""));
            if (key.length < FINGERPRINT_KEY_BYTES) {
                throw new IllegalArgumentException("fingerprintKey is too short");
            }
            return new SealingKeys(keyset, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without its cause: a parser may quote what it read, and that is secret.
            throw new SealingFailure(file + " holds no sealing keys of Shiplog; restore it from a backup. Without it no"
                    + " Secret that was sealed before can be opened.");
        }
    }

    private static HpkeParameters parameters() {
        try {
            return HpkeParameters.builder()
                    .setVariant(HpkeParameters.Variant.TINK)
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("all four are set", e);
        }
    }
}
