package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which node runs what: who reads a partition has its applications, with their rollouts. A crash takes everything with it
 * that the node had in memory. In a handover the other node takes a partition over, while the old owner does not know it has
 * been replaced: for a while both live, both have timers, and some of what is said goes to the wrong one.
 */
final class Nodes {

    private record Place(String cluster, ApplicationName application) {}

    private final class Owner {
        final int node;
        final Map<ApplicationName, ApplicationShell> applications = new TreeMap<>();
        final Map<Place, RolloutShell> rollouts = new LinkedHashMap<>();
        final Map<String, SimulatedGateway> gateways = new TreeMap<>();
        boolean dead;

        Owner(int node, List<ApplicationName> names) {
            this.node = node;
            names.forEach(name -> applications.put(name, new ApplicationShell(world, name)));
        }

        /** Who is owed something begins; the others are begun by the first that is said to them. */
        void wake() {
            applications.forEach((name, application) -> {
                if (!world.checks().history().outstanding(name).isEmpty()) {
                    application.wake();
                }
            });
        }

        RolloutShell rollout(String cluster, ApplicationName name) {
            return rollouts.computeIfAbsent(new Place(cluster, name), absent -> {
                var begun = new RolloutShell(world, cluster, name, gateway(cluster));
                if (dead) {
                    begun.die();
                }
                return begun;
            });
        }

        private SimulatedGateway gateway(String cluster) {
            return gateways.computeIfAbsent(
                    cluster,
                    absent ->
                            new SimulatedGateway(world.agenda(), world.chance(), world.bug(), world.cluster(cluster)));
        }

        void noticed(Observation seen) {
            var rollout = rollouts.get(new Place(seen.cluster(), seen.application()));
            if (rollout != null) {
                rollout.observed(seen);
            }
        }

        void die() {
            dead = true;
            applications.values().forEach(Shell::die);
            rollouts.values().forEach(Shell::die);
            gateways.values().forEach(SimulatedGateway::close);
        }
    }

    private final World world;
    private final int count;
    private final Map<Integer, Owner> owners = new TreeMap<>();
    private final Map<Integer, Owner> replaced = new TreeMap<>();

    Nodes(World world, int count) {
        this.world = world;
        this.count = count;
    }

    void begin(int partition) {
        own(partition, world.chance().below(count));
    }

    private void own(int partition, int node) {
        var owner = new Owner(node, world.applications(partition));
        owners.put(partition, owner);
        owner.wake();
    }

    void crash(int node) {
        world.tell(() -> "node " + node + " crashes");
        for (int partition : List.copyOf(owners.keySet())) {
            var old = replaced.get(partition);
            if (old != null && old.node == node) {
                old.die();
                replaced.remove(partition);
            }
            var owner = owner(partition);
            if (owner.node == node) {
                owner.die();
                world.agenda().after(world.chance().between(500, 15_000), () -> {
                    if (owner(partition) == owner) {
                        own(partition, world.chance().below(count));
                        world.intake(partition).startOver();
                    }
                });
            }
        }
    }

    void handOver() {
        int partition = world.chance().of(List.copyOf(owners.keySet()));
        var old = owner(partition);
        if (old.dead || replaced.containsKey(partition)) {
            return;
        }
        world.tell(() -> world.applications(partition) + " move from node " + old.node + ", which doesn't know");
        replaced.put(partition, old);
        own(partition, (old.node + 1) % count);
        if (world.chance().percent(50)) {
            world.intake(partition).handOver();
        }
        world.agenda().after(world.chance().between(2_000, 90_000), () -> {
            if (replaced.get(partition) == old) {
                replaced.remove(partition);
                old.die();
            }
        });
    }

    void calm() {
        replaced.values().forEach(Owner::die);
        replaced.clear();
    }

    private Owner owner(int partition) {
        return Objects.requireNonNull(owners.get(partition));
    }

    /** Whom a message for the application reaches: mostly its owner. */
    private Owner reached(ApplicationName name) {
        int partition = world.partition(name);
        var old = replaced.get(partition);
        return old != null && world.chance().percent(25) ? old : owner(partition);
    }

    ApplicationShell application(ApplicationName name) {
        return Objects.requireNonNull(reached(name).applications.get(name));
    }

    RolloutShell rollout(String cluster, ApplicationName name) {
        return reached(name).rollout(cluster, name);
    }

    /** Everybody who watches hears of it. */
    void noticed(Observation seen) {
        int partition = world.partition(seen.application());
        var watching = new ArrayList<Owner>();
        watching.add(owner(partition));
        var old = replaced.get(partition);
        if (old != null) {
            watching.add(old);
        }
        watching.forEach(owner -> owner.noticed(seen));
    }
}
