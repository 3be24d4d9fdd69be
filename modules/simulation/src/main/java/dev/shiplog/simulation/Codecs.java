package dev.shiplog.simulation;

import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.rollout.RolloutEvent;

/** What a world's journal keeps as bytes: claim checks, which is much faster, or the events themselves. */
record Codecs(LinkedCodec<ApplicationEvent> applications, LinkedCodec<RolloutEvent> rollouts) {

    static Codecs remembering() {
        return new Codecs(new RememberingCodec<>(), new RememberingCodec<>());
    }
}
