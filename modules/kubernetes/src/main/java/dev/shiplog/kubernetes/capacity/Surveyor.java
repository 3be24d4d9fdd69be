package dev.shiplog.kubernetes.capacity;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy.CapacityCheck;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.trouble.TroubleException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks whether there is room for the pods that a task adds, before anything of it is written: on the nodes, and within
 * the quotas of the namespace; and, apart from them, for those that come later, when others have gone. Where nothing is
 * added nothing is read.
 *
 * <p>A check that is enforced and may not look does not pass: it is trouble that names the missing right. One that only
 * warns says so and lets the task go on.
 */
public final class Surveyor {

    private static final int PAGE = 500;
    private static final String RUNNING =
            URLEncoder.encode("status.phase!=Succeeded,status.phase!=Failed", StandardCharsets.UTF_8);
    private static final String WAY_OUT = "spec.strategy.blueGreen.capacityCheck: warn";

    private final ApiServer server;
    private final Resources resources;

    public Surveyor(ApiServer server, Resources resources) {
        this.server = server;
        this.resources = resources;
    }

    /** What the task adds: pods, and objects by the names under which quotas count them. */
    private record Addition(List<Growth> growths, Map<String, Integer> created) {}

    /** Returns what people should know, if anything; trouble if there is no room and there has to be. */
    public Optional<String> check(RolloutTask.Apply task) throws TroubleException, InterruptedException {
        return switch (task.capacity()) {
            case OFF -> Optional.empty();
            case WARN -> warning(task);
            case ENFORCE -> {
                var lacking = lacking(task);
                if (lacking.isPresent()) {
                    throw new TroubleException(
                            Kind.INSUFFICIENT_CAPACITY,
                            lacking.get() + "; make room and shiplog rollout retry "
                                    + task.assignment().application().name() + " -n "
                                    + task.assignment().application().namespace() + ", or go on without it: "
                                    + WAY_OUT);
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<String> warning(RolloutTask.Apply task) throws TroubleException, InterruptedException {
        try {
            return lacking(task);
        } catch (TroubleException e) {
            if (e.trouble().kind() != Kind.FORBIDDEN) {
                throw e;
            }
            return Optional.of(e.trouble().detail());
        }
    }

    private Optional<String> lacking(RolloutTask.Apply task) throws TroubleException, InterruptedException {
        var now = lacking(task, task.objects());
        return now.isPresent() ? now : lacking(task, task.later());
    }

    private Optional<String> lacking(RolloutTask.Apply task, List<KubernetesObject> objects)
            throws TroubleException, InterruptedException {
        var addition = addition(objects);
        if (addition.growths().isEmpty()) {
            return Optional.empty();
        }
        try {
            var shortage = Shortage.of(
                    addition.growths(),
                    addition.created(),
                    nodes(),
                    quotas(task.assignment().application().namespace()));
            return shortage.isEmpty()
                    ? Optional.empty()
                    : Optional.of("not enough room in cluster " + server.cluster() + " for "
                            + addition.growths().stream().map(Growth::words).collect(Collectors.joining(" and ")) + ": "
                            + String.join("; ", shortage));
        } catch (TroubleException e) {
            throw e.trouble().kind() == Kind.FORBIDDEN ? blind(task.capacity(), e.trouble()) : e;
        }
    }

    private static TroubleException blind(CapacityCheck capacity, Trouble trouble) {
        var unknown = "whether there is room for more pods is not known: " + trouble.detail();
        return new TroubleException(
                Kind.FORBIDDEN,
                capacity == CapacityCheck.ENFORCE
                        ? unknown + "; grant it (shiplog-capacity in ops/rbac.yaml), or go on without it: " + WAY_OUT
                        : unknown);
    }

    private Addition addition(List<KubernetesObject> objects) throws TroubleException, InterruptedException {
        var growths = new ArrayList<Growth>();
        var created = new HashMap<String, Integer>();
        for (var object : objects) {
            var path = resources.path(object.key());
            var answer = server.get(path);
            boolean isAbsent = answer.code() == 404;
            if (isAbsent) {
                countedAs(path).forEach(name -> created.merge(name, 1, Integer::sum));
            }
            if (object.isWorkload()) {
                int more = wanted(object) - (isAbsent ? 0 : replicas(server.readable(answer)));
                if (more > 0) {
                    growths.add(new Growth(object.name(), more, podSpec(object)));
                }
                if (isAbsent) {
                    created.merge("count/replicasets.apps", 1, Integer::sum);
                }
            }
        }
        return new Addition(List.copyOf(growths), created);
    }

    private static int wanted(KubernetesObject deployment) {
        return replicas(deployment.json());
    }

    /** One where none is said. */
    private static int replicas(Json.Obj deployment) {
        return deployment.object("spec").number("replicas").orElse(1);
    }

    private static Json.Obj podSpec(KubernetesObject deployment) {
        return deployment.json().object("spec").object("template").object("spec");
    }

    /** {@code /apis/apps/v1/namespaces/default/deployments/hello} counts as {@code count/deployments.apps}. */
    private static List<String> countedAs(String path) {
        var parts = path.split("/");
        var plural = parts[parts.length - 2];
        return parts[1].equals("api")
                ? List.of(plural, "count/" + plural)
                : List.of("count/" + plural + "." + parts[2]);
    }

    private List<NodeRoom> nodes() throws TroubleException, InterruptedException {
        var nodes = new ArrayList<Json.Obj>();
        pages("/api/v1/nodes?", nodes::add);
        var used = new HashMap<String, Amounts>();
        pages(
                "/api/v1/pods?fieldSelector=" + RUNNING + "&",
                pod -> pod.object("spec")
                        .text("nodeName")
                        .ifPresent(node -> used.merge(node, taken(pod), Amounts::plus)));
        return nodes.stream()
                .map(node -> NodeRoom.of(
                        node,
                        used.getOrDefault(node.object("metadata").text("name").orElse(""), Amounts.NONE)))
                .toList();
    }

    private static Amounts taken(Json.Obj pod) {
        return PodNeeds.of(pod.object("spec")).requests().plus(Amounts.ONE_POD);
    }

    private List<QuotaRoom> quotas(String namespace) throws TroubleException, InterruptedException {
        var quotas = new ArrayList<QuotaRoom>();
        pages("/api/v1/namespaces/" + namespace + "/resourcequotas?", quota -> quotas.add(QuotaRoom.of(quota)));
        return quotas;
    }

    /** Page by page, so that of a big cluster's pods only the sums are kept. */
    private void pages(String path, Consumer<Json.Obj> item) throws TroubleException, InterruptedException {
        var next = "";
        do {
            var page = server.read(path + "limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
            PodNeeds.objects(page, "items").forEach(item);
            next = page.object("metadata").text("continue").orElse("");
        } while (!next.isEmpty());
    }
}
