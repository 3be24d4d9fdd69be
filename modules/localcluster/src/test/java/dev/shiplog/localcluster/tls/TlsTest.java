package dev.shiplog.localcluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.localcluster.LocalCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final Pattern AUTHORITY = Pattern.compile("certificate-authority-data: (\\S+)");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void whoTrustsTheKubeconfigIsAnswered() throws Exception {
        try (LocalCluster cluster = LocalCluster.named("eu-1").tls().start()) {
            assertThat(cluster.url()).startsWith("https://127.0.0.1:");
            assertThat(status(cluster, trusting(cluster))).isEqualTo(200);
            assertThat(status(cluster.url().replace("127.0.0.1", "localhost"), trusting(cluster)))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(cluster, HttpClient.newHttpClient()))
                    .isInstanceOf(SSLException.class);
            try (LocalCluster other = LocalCluster.named("eu-2").tls().start()) {
                assertThatThrownBy(() -> status(other, trusting(cluster)))
                        .as("every cluster has its own authority")
                        .isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void aRestartKeepsWhatClientsTrust() throws Exception {
        LocalCluster before =
                LocalCluster.named("eu-1").tls().dataFolder(folder).start();
        HttpClient client = trusting(before);
        before.close();
        try (LocalCluster after =
                LocalCluster.named("eu-1").tls().dataFolder(folder).start()) {
            assertThat(status(after, client)).isEqualTo(200);
        }
    }

    private static int status(LocalCluster cluster, HttpClient client) throws IOException, InterruptedException {
        return status(cluster.url(), client);
    }

    private static int status(String url, HttpClient client) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url + "/readyz")).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpClient trusting(LocalCluster cluster) throws GeneralSecurityException, IOException {
        Matcher authority = AUTHORITY.matcher(cluster.kubeconfig());
        assertThat(authority.find()).isTrue();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(authority.group(1))));
        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=" + cluster.name());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("cluster", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
