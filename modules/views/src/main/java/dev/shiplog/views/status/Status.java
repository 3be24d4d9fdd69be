package dev.shiplog.views.status;

import dev.shiplog.domain.Trouble;
import dev.shiplog.protocol.view.Phase;
import java.util.List;

/**
 * How an application is on one cluster.
 *
 * @param message what it waits for, or what is wrong
 * @param news whether the message rests on what the cluster shows, and not on the history alone
 * @param troubles everything that stands in the way
 */
public record Status(Phase phase, String message, boolean news, List<Trouble> troubles) {

    public Status {
        troubles = List.copyOf(troubles);
    }
}
