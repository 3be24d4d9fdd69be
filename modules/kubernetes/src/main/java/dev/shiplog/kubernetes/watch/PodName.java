package dev.shiplog.kubernetes.watch;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Whose a pod is, by its name. The name of a Deployment's pod is made of the Deployment's name, the hash of the template
 * and five characters of chance; what comes before those five is the stem, which the API server cuts off after 58
 * characters. Neither hashes nor chance have vowels, so that {@code hello-canary-} is no pod of {@code hello}.
 *
 * <pre>
 *   hello-canary-5d8f7c9b4-x2x9z      stem  hello-canary-5d8f7c9b4-
 *   (60 characters)-5d8f7c9b4-x2x9z   stem  (58 of the 60 characters)
 * </pre>
 *
 * <p>Rules: <a
 * href="https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/storage/names/generate.go">generate.go</a>
 * and <a
 * href="https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go">rand.go</a>
 * of Kubernetes.
 */
final class PodName {

    private static final int LONGEST_STEM = 58;
    private static final int CHANCE = 5;
    private static final Pattern HASH = Pattern.compile("[bcdfghjklmnpqrstvwxz2456789]{1,10}-");
    private static final Pattern CUT_HASH = Pattern.compile("[bcdfghjklmnpqrstvwxz2456789]{0,10}-?");
    private static final Pattern UNCUT = Pattern.compile("(.+)-" + HASH);

    private PodName() {}

    /** What all pods of a ReplicaSet have in common. */
    static String stem(String pod) {
        return pod.substring(0, Math.max(0, pod.length() - CHANCE)).intern();
    }

    /**
     * The Deployment whose pods have names with this stem: one of those known, or else what the stem says. Empty if it
     * is no Deployment's, or if it was cut so short that it may be several ones'.
     */
    static String deployment(String stem, Collection<String> known) {
        var matching = known.stream().filter(name -> isOf(stem, name)).toList();
        if (matching.isEmpty()) {
            var match = UNCUT.matcher(stem);
            return match.matches() ? match.group(1).intern() : "";
        }
        return matching.size() == 1 ? matching.getFirst() : "";
    }

    private static boolean isOf(String stem, String deployment) {
        var beginning = deployment + "-";
        if (stem.length() == LONGEST_STEM && beginning.length() >= LONGEST_STEM) {
            return beginning.startsWith(stem);
        }
        return stem.startsWith(beginning)
                && (stem.length() == LONGEST_STEM ? CUT_HASH : HASH)
                        .matcher(stem.substring(beginning.length()))
                        .matches();
    }
}
