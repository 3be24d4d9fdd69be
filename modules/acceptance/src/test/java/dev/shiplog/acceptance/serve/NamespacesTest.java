package dev.shiplog.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.access.Caller;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A cluster that lets Shiplog into two namespaces, with the very Roles of {@code ops/rbac-namespaces.yaml}. */
class NamespacesTest {

    private static final Path ROLES = Path.of("../../ops/rbac-namespaces.yaml");
    private static final String WALKTHROUGH = "../../ops/examples/walkthrough/";
    private static final Map<String, String> PATHS = Map.of(
            "Namespace", "/api/v1/namespaces/",
            "ServiceAccount", "/api/v1/namespaces/%s/serviceaccounts/",
            "Role", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/roles/",
            "RoleBinding", "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void releasesGoIntoTheDeclaredNamespacesAndAnyOtherIsNamed() throws Exception {
        try (var services = new Services(folder)) {
            prepare(services.cluster);
            services.declare("gke-seoul", services.cluster.url(), "  namespaces: [shop, web]\n");
            Files.writeString(
                    folder.resolve("clusters/gke-seoul/kubeconfig"),
                    services.cluster.kubeconfig().replace("anybody", "of-shiplog"));
            var release = "apply -f " + WALKTHROUGH + "deployments/auth.yaml -f " + WALKTHROUGH + "services/auth.yaml";

            try (var serving = services.serve()) {
                serving.typed().must(release + " -n shop --wait --timeout 120s");
                serving.typed().must(release + " -n web --wait --timeout 120s");
                assertThat(serving.typed().must("get clusters")).containsPattern("gke-seoul +\\S Reachable");

                serving.typed().must(release + " -n other");
                Eventually.holds(
                        "the trouble is shown",
                        () -> serving.typed()
                                .must("get app auth -n other")
                                .contains(
                                        "Forbidden: namespace \"other\" is not among those that cluster gke-seoul is declared for "
                                                + "(shop, web); add it to spec.namespaces of its cluster.yaml"));
                assertThat(deployments(services.cluster, "other")).isZero();

                serving.typed().must("set image auth auth=kelseyhightower/auth:broken -n shop");
                Eventually.holds(
                        "why pods don't come is explained",
                        () -> serving.typed().must("get app auth -n shop").contains("ImagePull"));
                serving.typed().must("delete app auth -n web --wait --timeout 60s");
                assertThat(deployments(services.cluster, "web")).isZero();
            }
        }
    }

    private static int deployments(LocalCluster cluster, String namespace) {
        return cluster.onLoop(() -> cluster.store().list(Kinds.DEPLOYMENT, namespace))
                .size();
    }

    /** What an administrator does beforehand; from then on nobody else is one. */
    private void prepare(LocalCluster cluster) throws IOException, InterruptedException {
        cluster.tokens().grant("of-an-administrator", Caller.ADMIN);
        cluster.tokens().grant("of-shiplog", Caller.named("system:serviceaccount:shiplog-system:shiplog"));
        for (var namespace : List.of("shop", "web", "other")) {
            apply(cluster, "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + namespace + "}\n");
        }
        for (var document : Files.readString(ROLES).split("\n---\n")) {
            apply(cluster, document);
        }
    }

    private void apply(LocalCluster cluster, String document) throws IOException, InterruptedException {
        var object = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(document);
        var metadata = (Map<?, ?>) Objects.requireNonNull(object.get("metadata"));
        var path = String.valueOf(PATHS.get(String.valueOf(object.get("kind")))).formatted(metadata.get("namespace"));
        var request = HttpRequest.newBuilder(
                        URI.create(cluster.url() + path + metadata.get("name") + "?fieldManager=administrator"))
                .header("authorization", "Bearer of-an-administrator")
                .header("content-type", "application/apply-patch+yaml")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(document))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()))
                .satisfies(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201));
    }
}
