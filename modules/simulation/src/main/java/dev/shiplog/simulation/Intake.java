package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import java.util.List;

/**
 * What reads one application's commands from the broker: hands them in one after another, again if no outcome comes in
 * time, and commits their offsets, now and then some at once. After a crash, or when another node takes over, it begins
 * at the committed offset: what was carried out already comes again.
 */
final class Intake {

    private static final long PATIENCE_MILLIS = 30_000;

    private final World world;
    private final ApplicationName name;
    private final List<Incoming> topic;
    private int committed;
    private int position;
    private int life;
    private boolean handing;

    /** A command as it lies in the topic. */
    record Incoming(CommandId id, ApplicationCommand command) {}

    Intake(World world, ApplicationName name, List<Incoming> topic) {
        this.world = world;
        this.name = name;
        this.topic = topic;
    }

    void startOver() {
        life++;
        handing = false;
        position = committed;
        int restarting = life;
        world.agenda().after(world.chance().latency(), () -> {
            if (restarting == life) {
                next();
            }
        });
    }

    void next() {
        if (!handing && position < topic.size()) {
            handing = true;
            hand(topic.get(position), life);
        }
    }

    private void hand(Incoming incoming, int reading) {
        if (reading != life) {
            return;
        }
        if (world.bug() == Bug.OFFSET_BEFORE_JOURNAL) {
            commit(position + 1);
        }
        int asking = position;
        var asked = new Asked<>(
                incoming.id(),
                Principal.claimed("somebody"),
                "",
                world.agenda().now(),
                incoming.id().toString(),
                world.fleet(),
                incoming.command());
        world.application(name)
                .submit(
                        asked,
                        outcome -> world.agenda().after(world.chance().latency(), () -> {
                            if (reading == life && asking == position) {
                                answered(incoming, outcome);
                            }
                        }));
        world.agenda().after(PATIENCE_MILLIS, () -> {
            if (reading == life && asking == position) {
                hand(incoming, reading);
            }
        });
    }

    private void answered(Incoming incoming, Outcome outcome) {
        world.tell(() -> incoming.id() + " was told " + outcome);
        world.checks().told(incoming.id(), outcome);
        position++;
        handing = false;
        if (world.chance().isCalm() || world.chance().percent(50)) {
            commit(position);
        }
        next();
    }

    private void commit(int offset) {
        for (int i = committed; i < offset; i++) {
            world.checks().committed(name, topic.get(i).id());
        }
        committed = Math.max(committed, offset);
    }
}
