package dev.shiplog.kubernetes.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortageTest {

    private static final List<QuotaRoom> NO_QUOTA = List.of();

    /** Pods as {@code count*cpu/memory}; nodes by what is free on them, {@code cpu/memory/pods}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            There is room                          | 3*200m/10Mi | 1/1Gi/110                     |
            The last free bit is used              | 3*200m/10Mi | 600m/30Mi/3                   |
            Too little in sum                      | 3*200m/10Mi | 200m/1Gi/110 200m/1Gi/110     | cpu needs 600m (3 x 200m), 400m are free on 2 nodes
            Two resources are short                | 3*200m/10Mi | 400m/20Mi/110                 | cpu needs 600m (3 x 200m), 400m are free on 1 node; memory needs 30Mi (3 x 10Mi), 20Mi are free on 1 node
            Enough in sum, but not for whole pods  | 3*200m/10Mi | 300m/1Gi/110 300m/1Gi/110     | a pod needs cpu 200m, memory 10Mi on one node, and only 2 of 3 fit on 2 nodes
            No node is big enough for one          | 1*2/10Mi    | 1500m/1Gi/110 1500m/1Gi/110   | a pod needs cpu 2, memory 10Mi on one node, and none of 1 fits on 2 nodes
            Nodes run only so many pods            | 3*200m/10Mi | 32/128Gi/1 32/128Gi/1         | 2 more may run on 2 nodes
            An overfull node counts as full        | 2*200m/10Mi | -1/1Gi/110 200m/1Gi/110       | cpu needs 400m (2 x 200m), 200m are free on 2 nodes
            What asks for nothing needs a place only | 2*0/0     | 0/0/2                         |
            No node at all                         | 1*200m/10Mi |                               | no node takes them
            """)
    void onNodes(String sentence, String pods, String nodes, String expected) {
        var missing = Shortage.of(List.of(growth("hello-green", pods)), Map.of(), nodes(nodes), NO_QUOTA);
        assertThat(String.join("; ", missing)).isEqualTo(expected == null ? "" : expected);
    }

    /** A quota as {@code resource=used/hard}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            There is room                          | pods=3/6                   |
            Short by one pod                       | pods=3/5                   | pods needs 3, 2 of 5 are left
            Already over the quota                 | pods=7/5                   | pods needs 3, 0 of 5 are left
            Pods counted as objects                | count/pods=3/5             | count/pods needs 3, 2 of 5 are left
            Requests                               | requests.cpu=600m/1        | requests.cpu needs 600m (3 x 200m), 400m of 1 are left
            A plain name means requests            | cpu=600m/1                 | cpu needs 600m (3 x 200m), 400m of 1 are left
            Memory                                 | requests.memory=30Mi/50Mi  | requests.memory needs 30Mi (3 x 10Mi), 20Mi of 50Mi are left
            Limits                                 | limits.cpu=600m/1100m      | limits.cpu needs 600m (3 x 200m), 500m of 1100m are left
            Deployments are counted too            | count/deployments.apps=1/1 | count/deployments.apps needs 1, 0 of 1 are left
            What the pods don't use                | requests.nvidia.com/gpu=4/4 |
            """)
    void withinAQuota(String sentence, String quota, String expected) {
        var missing = Shortage.of(
                List.of(growth("hello-green", "3*200m/10Mi")),
                Map.of("count/deployments.apps", 1),
                nodes("32/128Gi/110"),
                List.of(quota(quota, "")));
        assertThat(String.join("; ", missing)).isEqualTo(expected == null ? "" : "quota \"limit\": " + expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Jobs only               | "scopes":["Terminating"]    | false
            What goes on            | "scopes":["NotTerminating"] | true
            Pods with requests      | "scopes":["NotBestEffort"]  | true
            Pods without requests   | "scopes":["BestEffort"]     | false
            Pods of this priority   | "scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["high"]}]}    | true
            Pods of another one     | "scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"NotIn","values":["high"]}]} | false
            """)
    void aQuotaCountsThePodsOfItsScope(String sentence, String scope, boolean counts) {
        var missing = Shortage.of(
                List.of(growth("hello-green", "1*200m/10Mi")),
                Map.of(),
                nodes("32/128Gi/110"),
                List.of(quota("pods=1/1", scope)));
        assertThat(missing).hasSize(counts ? 1 : 0);
    }

    /** A pod that tolerates {@code team=blue:NoSchedule} and wants nodes with {@code disk=ssd}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Selected                | {"labels":{"disk":"ssd"}} | {} |
            Not selected            | {"labels":{"disk":"hdd"}} | {} | no node takes them (besides 1 not selected)
            Cordoned                | {"labels":{"disk":"ssd"}} | {"unschedulable":true} | no node takes them (besides 1 cordoned)
            Tainted and tolerated   | {"labels":{"disk":"ssd"}} | {"taints":[{"key":"team","value":"blue","effect":"NoSchedule"}]} |
            Tainted otherwise       | {"labels":{"disk":"ssd"}} | {"taints":[{"key":"team","value":"red","effect":"NoSchedule"}]} | no node takes them (besides 1 tainted)
            About to be emptied     | {"labels":{"disk":"ssd"}} | {"taints":[{"key":"node.kubernetes.io/unreachable","effect":"NoExecute"}]} | no node takes them (besides 1 tainted)
            Only rather not         | {"labels":{"disk":"ssd"}} | {"taints":[{"key":"x","effect":"PreferNoSchedule"}]} |
            """)
    void nodesThatTakeNoSuchPodsDontCount(String sentence, String metadata, String spec, String expected) {
        var pod = json("""
                {"nodeSelector":{"disk":"ssd"},"tolerations":[{"key":"team","value":"blue"}],"containers":[]}""");
        var node = NodeRoom.of(
                json("{\"metadata\":%s,\"spec\":%s,\"status\":{\"allocatable\":{\"pods\":\"10\"}}}"
                        .formatted(metadata, spec)),
                Amounts.NONE);
        var missing = Shortage.of(List.of(new Growth("hello-green", 1, pod)), Map.of(), List.of(node), NO_QUOTA);
        assertThat(String.join("; ", missing)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void severalDeploymentsShareTheRoom() {
        var growths = List.of(growth("small", "2*100m/10Mi"), growth("big", "1*800m/10Mi"));
        assertThat(Shortage.of(growths, Map.of(), nodes("1/1Gi/110"), NO_QUOTA)).isEmpty();
        assertThat(Shortage.of(growths, Map.of(), nodes("900m/1Gi/110"), NO_QUOTA))
                .containsExactly("cpu needs 200m (2 x 100m), 100m are free on 1 node");
        assertThat(Shortage.of(growths, Map.of(), nodes("1/1Gi/110"), List.of(quota("requests.cpu=0/900m", ""))))
                .containsExactly("quota \"limit\": requests.cpu needs 1, 900m of 900m are left");
    }

    private static Growth growth(String deployment, String pods) {
        var parts = pods.split("[*/]");
        return new Growth(deployment, Integer.parseInt(parts[0]), json("""
                {"priorityClassName":"high","containers":[{"name":"hello","resources":{"limits":{"cpu":"%s","memory":"%s"}}}]}""".formatted(parts[1], parts[2])));
    }

    private static List<NodeRoom> nodes(String free) {
        return free == null
                ? List.of()
                : Arrays.stream(free.split(" "))
                        .map(node -> node.split("/"))
                        .map(node -> NodeRoom.of(
                                json("{\"status\":{\"allocatable\":{\"cpu\":\"%s\",\"memory\":\"%s\",\"pods\":\"%s\"}}}"
                                        .formatted((Object[]) node)),
                                Amounts.NONE))
                        .collect(Collectors.toList());
    }

    private static QuotaRoom quota(String line, String scope) {
        var resource = line.substring(0, line.indexOf('='));
        var amounts = line.substring(line.indexOf('=') + 1).split("/");
        return QuotaRoom.of(json("""
                {"metadata":{"name":"limit"},"spec":{%s},
                 "status":{"hard":{"%s":"%s"},"used":{"%s":"%s"}}}""".formatted(scope, resource, amounts[1], resource, amounts[0])));
    }

    private static Json.Obj json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
