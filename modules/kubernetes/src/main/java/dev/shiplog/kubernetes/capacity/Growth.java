package dev.shiplog.kubernetes.capacity;

import dev.shiplog.domain.json.Json;
import java.math.BigDecimal;

/**
 * Pods that a Deployment is to have and has not.
 *
 * @param podSpec of its template
 */
record Growth(String deployment, int pods, Json.Obj podSpec, PodNeeds needs) {

    Growth(String deployment, int pods, Json.Obj podSpec) {
        this(deployment, pods, podSpec, PodNeeds.of(podSpec));
    }

    /** {@code 3 more pods of "hello-green"}. */
    String words() {
        return pods + (pods == 1 ? " more pod" : " more pods") + " of \"" + deployment + "\"";
    }

    /** {@code  (3 x 200m)}; nothing for a single pod. */
    String times(String resource, BigDecimal one) {
        return pods == 1 ? "" : " (" + pods + " x " + Amounts.text(resource, one) + ")";
    }
}
