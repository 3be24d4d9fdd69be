package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;

/** When the customers ask, and how often it is sent. Some come just when there is nothing to do any more. */
final class People {

    /** Longer than any rollout takes to come to its next pause, and as often as there may be pauses. */
    private static final long PATIENCE_MILLIS = 200_000;

    private static final int MOST_PROMOTIONS = 6;

    private final World world;
    private final Customers customers;
    private int latecomers;

    People(World world, Customers customers) {
        this.world = world;
        this.customers = customers;
        this.latecomers = world.chance().below(4);
    }

    void ask(ApplicationName name, long until) {
        int count = (int) world.chance().between(3, 10);
        for (int i = 0; i < count; i++) {
            int number = i;
            world.agenda().after(i == 0 ? 0 : world.chance().between(0, until), () -> {
                var command = number == 0
                        ? customers.apply(name.name())
                        : customers.ask(name.name(), world.agenda().now());
                post(name, String.valueOf(number), command);
            });
        }
    }

    void askAtLast(ApplicationName name) {
        post(name, "at-last", new ApplicationCommand.Resume(ClusterSelection.ALL));
        promoteWhatWaits(name, 1);
    }

    /** A release that waits to be promoted waits for ever, unless somebody has pity on it. */
    private void promoteWhatWaits(ApplicationName name, int time) {
        world.agenda().after(PATIENCE_MILLIS, () -> {
            if (world.checks().history().waits(name)) {
                post(name, "promote-" + time, new ApplicationCommand.Promote(ClusterSelection.ALL, true));
            }
            if (time < MOST_PROMOTIONS) {
                promoteWhatWaits(name, time + 1);
            }
        });
    }

    /** The application is about to leave. */
    void leaves(ApplicationName name) {
        if (latecomers > 0 && world.chance().percent(40)) {
            int left = latecomers--;
            world.agenda()
                    .after(
                            world.chance().latency(),
                            () -> post(name, "late-" + left, new ApplicationCommand.Restart(ClusterSelection.ALL)));
        }
    }

    /** Some producers send twice; what was sent stays in the topic as often as it was sent. */
    private void post(ApplicationName name, String id, ApplicationCommand command) {
        var intake = world.intake(world.partition(name));
        var incoming = new Intake.Incoming(name, new CommandId("people", name.name() + "-" + id), command);
        world.tell(() -> incoming.id() + " asks for " + Words.of(command));
        if (world.chance().percent(15)) {
            world.agenda().after(world.chance().between(1, 60_000), () -> intake.add(incoming));
        }
        intake.add(incoming);
        if (world.chance().fault(40)) {
            world.agenda().after(world.chance().between(100, 5_000), world::wipeOne);
        }
    }
}
