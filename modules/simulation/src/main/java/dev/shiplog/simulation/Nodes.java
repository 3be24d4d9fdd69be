package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.RolloutCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which node runs what. A crash takes everything with it that the node had in memory. In a handover the other node takes
 * an application over, with its rollouts, while the old owner does not know it has been replaced: for a while both live,
 * both have timers, and some of what is said goes to the wrong one.
 */
final class Nodes {

    private static final class Owner {
        final int node;
        final ApplicationShell application;
        final Map<String, RolloutShell> rollouts = new TreeMap<>();
        final Map<String, SimulatedGateway> gateways = new TreeMap<>();

        Owner(int node, ApplicationShell application) {
            this.node = node;
            this.application = application;
        }

        void die() {
            application.die();
            rollouts.values().forEach(Shell::die);
            gateways.values().forEach(SimulatedGateway::close);
        }
    }

    private final World world;
    private final int count;
    private final Map<ApplicationName, Owner> owners = new TreeMap<>();
    private final Map<ApplicationName, Owner> replaced = new TreeMap<>();

    Nodes(World world, int count) {
        this.world = world;
        this.count = count;
    }

    void begin(ApplicationName name) {
        own(name, world.chance().below(count));
    }

    private void own(ApplicationName name, int node) {
        var owner = new Owner(node, new ApplicationShell(world, name));
        owners.put(name, owner);
        owner.application.start();
    }

    void crash(int node) {
        world.tell(() -> "node " + node + " crashes");
        for (var name : List.copyOf(owners.keySet())) {
            var old = replaced.get(name);
            if (old != null && old.node == node) {
                old.die();
                replaced.remove(name);
            }
            var owner = owner(name);
            if (owner.node == node) {
                owner.die();
                world.agenda().after(world.chance().between(500, 15_000), () -> {
                    if (owner(name) == owner) {
                        own(name, world.chance().below(count));
                        world.intake(name).startOver();
                    }
                });
            }
        }
    }

    void handOver() {
        var name = world.chance().of(world.applications());
        var old = owner(name);
        if (old.application.isDead() || replaced.containsKey(name)) {
            return;
        }
        world.tell(() -> name + " moves from node " + old.node + ", which doesn't know");
        replaced.put(name, old);
        own(name, (old.node + 1) % count);
        if (world.chance().percent(50)) {
            world.intake(name).startOver();
        }
        world.agenda().after(world.chance().between(2_000, 90_000), () -> {
            if (replaced.get(name) == old) {
                replaced.remove(name);
                old.die();
            }
        });
    }

    void calm() {
        replaced.values().forEach(Owner::die);
        replaced.clear();
    }

    private Owner owner(ApplicationName name) {
        return java.util.Objects.requireNonNull(owners.get(name));
    }

    /** Whom a message for the application reaches: mostly its owner. */
    private Owner reached(ApplicationName name) {
        var old = replaced.get(name);
        return old != null && world.chance().percent(25) ? old : owner(name);
    }

    ApplicationShell application(ApplicationName name) {
        return reached(name).application;
    }

    RolloutShell rollout(String cluster, ApplicationName name) {
        var owner = reached(name);
        var present = owner.rollouts.get(cluster);
        if (present != null) {
            return present;
        }
        var gateway = new SimulatedGateway(world.agenda(), world.chance(), world.bug(), world.cluster(cluster));
        var begun = new RolloutShell(world, cluster, name, gateway);
        owner.gateways.put(cluster, gateway);
        owner.rollouts.put(cluster, begun);
        if (owner.application.isDead()) {
            begun.die();
        } else {
            begun.start();
        }
        return begun;
    }

    /** Everybody who watches hears of it. */
    void noticed(Observation seen) {
        var watching = new ArrayList<Owner>();
        watching.add(owner(seen.application()));
        var old = replaced.get(seen.application());
        if (old != null) {
            watching.add(old);
        }
        for (var owner : watching) {
            var rollout = owner.rollouts.get(seen.cluster());
            if (rollout != null) {
                rollout.answered(new RolloutCommand.Observe(seen));
            }
        }
    }
}
