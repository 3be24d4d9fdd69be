package dev.shiplog.localcluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns are those of Kubernetes; what is in brackets is shown with {@code -o wide} only. */
class TablesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:30Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Namespace               | Name, Status, Age
            Node                    | Name, Status, Roles, Age, Version, [Internal-IP], [External-IP], [OS-Image], [Kernel-Version], [Container-Runtime]
            ConfigMap               | Name, Data, Age
            Secret                  | Name, Type, Data, Age
            Service                 | Name, Type, Cluster-IP, External-IP, Port(s), Age, [Selector]
            Endpoints               | Name, Endpoints, Age
            Pod                     | Name, Ready, Status, Restarts, Age, [IP], [Node], [Nominated Node], [Readiness Gates]
            Event                   | Last Seen, Type, Reason, Object, [Subobject], [Source], Message, [First Seen], [Count], [Name]
            ServiceAccount          | Name, Secrets, Age
            ResourceQuota           | Name, Request, Limit, Age
            Deployment              | Name, Ready, Up-to-date, Available, Age, [Containers], [Images], [Selector]
            ReplicaSet              | Name, Desired, Current, Ready, Age, [Containers], [Images], [Selector]
            StatefulSet             | Name, Ready, Age, [Containers], [Images]
            DaemonSet               | Name, Desired, Current, Ready, Up-to-date, Available, Node Selector, Age, [Containers], [Images], [Selector]
            ControllerRevision      | Name, Controller, Revision, Age
            EndpointSlice           | Name, AddressType, Ports, Endpoints, Age
            PodDisruptionBudget     | Name, Min Available, Max Unavailable, Allowed Disruptions, Age
            HorizontalPodAutoscaler | Name, Reference, Targets, MinPods, MaxPods, Replicas, Age
            Lease                   | Name, Holder, Age
            Role                    | Name, Created At
            RoleBinding             | Name, Role, Age, [Users], [Groups], [ServiceAccounts]
            ClusterRole             | Name, Created At
            ClusterRoleBinding      | Name, Role, Age, [Users], [Groups], [ServiceAccounts]
            HTTPRoute               | Name, Hostnames, Age
            """)
    void everyKindHasItsColumns(String kind, String columns) {
        JsonNode definitions = table(kind(kind), "{}").path("columnDefinitions");

        assertThat(definitions
                        .valueStream()
                        .map(column -> column.path("priority").intValue() == 0
                                ? Json.text(column, "name")
                                : "[" + Json.text(column, "name") + "]")
                        .collect(Collectors.joining(", ")))
                .isEqualTo(columns);
    }

    @Test
    void noKindIsForgotten() {
        assertThat(Kinds.ALL).hasSize(24);
    }

    @Test
    void aNodeTellsWhereItIsAndWhatRunsOnIt() {
        assertThat(cells(Kinds.NODE, """
                {"metadata":{"name":"n","creationTimestamp":"2026-01-01T00:00:00Z",
                   "labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/control-plane":""}},
                 "status":{"conditions":[{"type":"Ready","status":"True"}],
                   "addresses":[{"type":"InternalIP","address":"10.0.0.1"},{"type":"Hostname","address":"n"}],
                   "nodeInfo":{"kubeletVersion":"v1.36.2","osImage":"Linux 1","kernelVersion":"6.1","containerRuntimeVersion":"containerd://2"}}}
                """))
                .isEqualTo("n|Ready|control-plane,worker|90s|v1.36.2|10.0.0.1|<none>|Linux 1|6.1|containerd://2");
    }

    @Test
    void endpointsAreShownUpToThree() {
        assertThat(cells(Kinds.ENDPOINTS, endpoints("10.0.0.1", "10.0.0.2")))
                .isEqualTo("e|10.0.0.1:80,10.0.0.2:80|90s");
        assertThat(cells(Kinds.ENDPOINTS, endpoints("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5")))
                .isEqualTo("e|10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 2 more...|90s");
        assertThat(cells(Kinds.ENDPOINTS, "{\"metadata\":{\"name\":\"e\"}}")).isEqualTo("e|<none>|<unknown>");
    }

    @Test
    void aSliceWithoutAnythingSaysSo() {
        assertThat(cells(
                        Kinds.ENDPOINT_SLICE,
                        "{\"metadata\":{\"name\":\"s\"},\"addressType\":\"IPv4\",\"ports\":null}"))
                .isEqualTo("s|IPv4|<unset>|<unset>|<unknown>");
    }

    @Test
    void aBindingTellsWhoMayWhat() {
        assertThat(cells(Kinds.ROLE_BINDING, """
                {"metadata":{"name":"b","creationTimestamp":"2026-01-01T00:00:00Z"},
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
                 "subjects":[{"kind":"User","name":"ann"},{"kind":"User","name":"bob"},{"kind":"Group","name":"devs"},
                   {"kind":"ServiceAccount","namespace":"default","name":"ci"}]}
                """)).isEqualTo("b|ClusterRole/view|90s|ann, bob|devs|default/ci");
    }

    @Test
    void anEventTellsWhoSaysItHowOftenAndSinceWhen() {
        assertThat(cells(Kinds.EVENT, """
                {"metadata":{"name":"e.1"},"involvedObject":{"kind":"Pod","name":"p","fieldPath":"spec.containers{main}"},
                 "type":"Warning","reason":"BackOff","message":"Back-off ","count":4,
                 "firstTimestamp":"2026-01-01T00:00:30Z","lastTimestamp":"2026-01-01T00:01:20Z",
                 "source":{"component":"kubelet","host":"node-1"}}
                """))
                .isEqualTo("10s|Warning|BackOff|pod/p|spec.containers{main}|kubelet, node-1|Back-off|60s|4|e.1");
    }

    @Test
    void aLeaseTellsItsHolder() {
        assertThat(cells(Kinds.LEASE, "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"holderIdentity\":\"me\"}}"))
                .isEqualTo("l|me|<unknown>");
    }

    @Test
    void aPodTellsOfItsReadinessGates() {
        assertThat(cells(Kinds.POD, """
                {"metadata":{"name":"p"},"spec":{"readinessGates":[{"conditionType":"a"},{"conditionType":"b"}],"containers":[{}]},
                 "status":{"phase":"Pending","conditions":[{"type":"a","status":"True"},{"type":"b","status":"False"}]}}
                """)).isEqualTo("p|0/1|Pending|0|<unknown>|<none>|<none>|<none>|1/2");
    }

    private static String endpoints(String... addresses) {
        ObjectNode subset = Json.object();
        for (String address : addresses) {
            subset.withArray("addresses").addObject().put("ip", address);
        }
        subset.putArray("ports").addObject().put("port", 80);
        ObjectNode endpoints = (ObjectNode)
                Json.parse("{\"metadata\":{\"name\":\"e\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"}}");
        endpoints.set("subsets", Json.array(List.of(subset)));
        return endpoints.toString();
    }

    private static String cells(Kind kind, String object) {
        return table(kind, object)
                .at("/rows/0/cells")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining("|"));
    }

    private static ObjectNode table(Kind kind, String object) {
        return Tables.of(kind, List.of((ObjectNode) Json.parse(object)), Json.object(), "None", NOW);
    }

    private static Kind kind(String name) {
        return Kinds.ALL.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
