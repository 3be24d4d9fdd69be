package dev.shiplog.localcluster.statefulset;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The next step of a StatefulSet, from its pods alone. In order: each pod is made and becomes available before the next one is
 * made; what is too much goes from the top; what is old is replaced from the top, each only when those above it are available.
 *
 * @param pods by ordinal
 * @param first the ordinal of the first pod that is wanted
 * @param wanted how many
 * @param partition below which nothing is updated
 * @param update the name of the revision that pods should have
 */
record Ordinals(
        Map<Integer, ObjectNode> pods,
        int first,
        int wanted,
        boolean inOrder,
        boolean updates,
        int partition,
        String update,
        int minReadySeconds,
        Instant now) {
    static final String REVISION = "controller-revision-hash";

    /** What to do with the pod of one ordinal. */
    sealed interface Step {
        int ordinal();
    }

    record Create(int ordinal) implements Step {}

    record Remove(int ordinal) implements Step {}

    /** It is of an old revision; what is made in its place will not be. */
    record Renew(int ordinal) implements Step {}

    static Map<Integer, ObjectNode> byOrdinal(String set, List<ObjectNode> pods) {
        Map<Integer, ObjectNode> result = new TreeMap<>();
        for (ObjectNode pod : pods) {
            String suffix = Json.text(pod, "metadata", "name").substring(set.length() + 1);
            if (suffix.matches("\\d{1,6}")) {
                result.put(Integer.parseInt(suffix), pod);
            }
        }
        return result;
    }

    List<Step> next() {
        List<Step> replicas = makeOrWait();
        if (!replicas.isEmpty() || (inOrder && !allAvailable())) {
            return replicas;
        }
        List<Step> removals = pods.keySet().stream()
                .filter(ordinal -> ordinal < first || ordinal >= first + wanted)
                .sorted(Comparator.reverseOrder())
                .<Step>map(Remove::new)
                .toList();
        if (!removals.isEmpty()) {
            return inOrder ? firstUnlessGoing(removals.get(0)) : withoutGoing(removals);
        }
        return updates ? renewal().stream().toList() : List.of();
    }

    private List<Step> makeOrWait() {
        List<Step> missing = IntStream.range(first, first + wanted)
                .filter(ordinal -> !pods.containsKey(ordinal) || isFinished(ordinal))
                .<Step>mapToObj(ordinal -> pods.containsKey(ordinal) ? new Remove(ordinal) : new Create(ordinal))
                .toList();
        if (!inOrder || missing.isEmpty()) {
            return withoutGoing(missing);
        }
        Step lowest = missing.get(0);
        boolean ready = IntStream.range(first, lowest.ordinal()).allMatch(this::isAvailable);
        return ready ? firstUnlessGoing(lowest) : List.of();
    }

    private Optional<Step> renewal() {
        for (int ordinal = first + wanted - 1; ordinal >= Math.max(first, partition); ordinal--) {
            ObjectNode pod = pods.get(ordinal);
            if (pod != null && !Pods.isTerminating(pod) && !revision(pod).equals(update)) {
                return Optional.of(new Renew(ordinal));
            }
            if (!isAvailable(ordinal)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<Step> firstUnlessGoing(Step step) {
        return withoutGoing(List.of(step));
    }

    private List<Step> withoutGoing(List<Step> steps) {
        return steps.stream()
                .filter(step -> {
                    ObjectNode pod = pods.get(step.ordinal());
                    return pod == null || !Pods.isTerminating(pod);
                })
                .toList();
    }

    private boolean allAvailable() {
        return IntStream.range(first, first + wanted).allMatch(this::isAvailable);
    }

    private boolean isAvailable(int ordinal) {
        ObjectNode pod = pods.get(ordinal);
        return pod != null && !Pods.isTerminating(pod) && Pods.isAvailable(pod, minReadySeconds, now);
    }

    private boolean isFinished(int ordinal) {
        ObjectNode pod = pods.get(ordinal);
        return pod != null && Pods.isFinished(pod);
    }

    static String revision(ObjectNode pod) {
        return Json.text(pod, "metadata", "labels", REVISION);
    }
}
