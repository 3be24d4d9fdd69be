package dev.shiplog.localcluster.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * By what the server of a cluster is known: a key and a certificate for 127.0.0.1 and localhost that it has signed itself, so
 * that the certificate is also the authority that clients are told to trust.
 *
 * @param certificate as PEM
 * @param key as PEM
 */
public record Identity(String certificate, String key) {
    private static final Duration VALID = Duration.ofDays(3650);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));
    private static final String END = "-----END CERTIFICATE-----\n";

    /** The one that is kept in the folder; a new one, kept from now on, if there is none. Without a folder always new. */
    public static Identity in(@Nullable Path folder, String name) {
        if (folder == null) {
            return fresh(name);
        }
        Path file = folder.resolve("server.pem");
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file);
                int end = kept.indexOf(END) + END.length();
                return new Identity(kept.substring(0, end), kept.substring(end));
            }
            Identity fresh = fresh(name);
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "server", ".part");
            Files.writeString(part, fresh.certificate + fresh.key);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Identity fresh(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(name, pair);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return new Identity(
                    pem("CERTIFICATE", certificate),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can make no certificate", e);
        }
    }

    /** RFC 5280, 4.1: version 3, with the extensions for an authority (2.5.29.19) and for other names (2.5.29.17). */
    private static byte[] content(String name, KeyPair pair) {
        byte[] who = Der.sequence(Der.set(Der.sequence(Der.identifier(2, 5, 4, 3), Der.text(name))));
        Instant now = Instant.now();
        byte[] authority = Der.sequence(Der.identifier(2, 5, 29, 19), Der.yes(), Der.octets(Der.sequence(Der.yes())));
        byte[] localhost = Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
        byte[] loopback = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
        byte[] names = Der.sequence(Der.identifier(2, 5, 29, 17), Der.octets(Der.sequence(localhost, loopback)));
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(127, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                who,
                Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(VALID))),
                who,
                pair.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(authority, names)));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }
}
