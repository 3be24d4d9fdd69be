package dev.shiplog.server.demo;

import dev.shiplog.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/** The example's files, copied to where a key and a certificate can be made beside them: those are nobody's to commit. */
final class DemoFiles {

    private static final String ALIAS = "frontend";

    private DemoFiles() {}

    /** @return the folder with the release files */
    static Path prepare(Path examples, Path data) {
        var folder = data.resolve("demo");
        try {
            copy(examples, folder);
            var tls = Files.createDirectories(folder.resolve("tls"));
            if (!Files.exists(tls.resolve("key.pem"))) {
                makeCertificate(tls);
            }
            return folder;
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailure(
                    "The demo's files can't be laid out in " + folder + ": " + e.getMessage(),
                    "Check that " + examples + " is there and that the folder can be written.",
                    e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** With the JDK's own keytool, since the JDK has no other door to a self-signed certificate. */
    private static void makeCertificate(Path tls) throws IOException, GeneralSecurityException {
        var password = UUID.randomUUID().toString();
        var store = tls.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=frontend.example",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        var keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
        write(
                tls.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey(ALIAS, password.toCharArray()).getEncoded());
        write(tls.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        Files.delete(store);
    }

    private static void write(Path file, String type, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + type
                        + "-----\n");
    }
}
