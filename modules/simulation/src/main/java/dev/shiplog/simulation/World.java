package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationTask;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.Timings;
import dev.shiplog.engine.stream.Folded;
import dev.shiplog.engine.stream.StreamLoop;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.simulation.Violation.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A world from a seed: one to three clusters, one to three applications, two nodes, a broker, a journal and a network between
 * them. For some minutes people ask for things while everything goes wrong that can; then the faults stop, and all has to
 * come to rest.
 *
 * <p>One thread, one agenda, one source of chance: the same seed gives the same story. Nothing here knows a rule; the
 * rules are those of {@code modules/domain}, driven by the loop of {@code modules/engine}.
 */
final class World {

    static final Timings TIMINGS = Timings.DEFAULT;

    private static final int NODES = 2;

    private static final List<String> NAMES = List.of("hello", "auth", "shop");

    /** As a rollout's actor has it. */
    private static final int USUAL_ROOM = 64;

    /** Later than anything that comes to rest. */
    private static final long LATEST_MILLIS = 3 * 3_600_000L;

    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final Bug bug;
    private final Telling telling;
    private final Checks checks;
    private final SimulatedJournal journal;
    private final Codecs codecs;
    private final List<ApplicationName> applications = new ArrayList<>();
    private final Map<String, SimulatedCluster> clusters = new TreeMap<>();
    private final Map<ApplicationName, Integer> partitions = new TreeMap<>();
    private final Map<Integer, Intake> intakes = new TreeMap<>();
    private final int room;
    private final long idleMillis;
    private final Fleet fleet;
    private final Nodes nodes;
    private final People people;

    World(long seed, Bug bug, Codecs codecs, boolean words) {
        this.codecs = codecs;
        this.chance = new Chance(seed);
        this.bug = bug;
        this.telling = new Telling(agenda, words);
        this.checks = new Checks(this);
        this.journal = new SimulatedJournal(agenda, chance, bug, checks::appended);
        var customers = new Customers(chance);
        var members = new ArrayList<Cluster>();
        int size = (int) chance.between(1, 3);
        for (int i = 1; i <= size; i++) {
            clusters.put("c" + i, new SimulatedCluster(agenda, chance, bug, checks, "c" + i));
            members.add(new Cluster("c" + i, Map.of("parity", i % 2 == 0 ? "even" : "odd")));
        }
        boolean isCrowded = chance.percent(25);
        this.fleet = Fleet.of(members);
        this.nodes = new Nodes(this, NODES);
        int count = chance.percent(70) ? 1 : (int) chance.between(2, NAMES.size());
        boolean isPartitionShared = chance.percent(75);
        int repeated = chance.percent(40) ? (int) chance.between(1, 4) : Application.REMEMBERED_COMMANDS;
        for (int i = 0; i < count; i++) {
            var name = new ApplicationName("default", NAMES.get(i));
            applications.add(name);
            int partition = isPartitionShared ? 0 : i;
            partitions.put(name, partition);
            intakes.computeIfAbsent(partition, absent -> new Intake(this, repeated));
        }
        this.room = chance.percent(30) ? (int) chance.between(1, 4) : USUAL_ROOM;
        this.idleMillis = chance.percent(60)
                ? chance.between(500, 15_000)
                : ActorLimits.USUAL.idle().toMillis();
        this.people = new People(this, customers);
        for (var cluster : clusters.values()) {
            if (chance.percent(95)) {
                cluster.add(new SharedRoute(applications));
            }
            if (isCrowded) {
                cluster.limit((int) chance.between(3, 10));
            }
        }
    }

    /** @throws Violation if a promise is broken */
    void run() {
        intakes.keySet().forEach(nodes::begin);
        long trouble = chance.percent(50) ? chance.between(10_000, 60_000) : chance.between(60_000, 400_000);
        applications.forEach(name -> people.ask(name, trouble));
        faults(trouble);
        agenda.after(trouble, this::calm);
        while (!agenda.isEmpty()) {
            if (agenda.nowMillis() > LATEST_MILLIS) {
                throw new Violation(
                        Promise.SETTLES,
                        "it never comes to rest: " + checks.history().owed());
            }
            agenda.step();
        }
        checks.settled();
    }

    void wipeOne() {
        var cluster = chance.of(List.copyOf(clusters.values()));
        if (!chance.isCalm()) {
            tell(() -> cluster + " is wiped");
            cluster.wipe();
        }
    }

    private void faults(long until) {
        int crashes = chance.below(5);
        for (int i = 0; i < crashes; i++) {
            agenda.after(chance.between(0, until), () -> nodes.crash(chance.below(NODES)));
        }
        int handovers = chance.below(5);
        for (int i = 0; i < handovers; i++) {
            agenda.after(chance.between(0, until), nodes::handOver);
        }
        int breaks = chance.below(4);
        for (int i = 0; i < breaks; i++) {
            agenda.after(chance.between(0, until), () -> {
                var cluster = chance.of(List.copyOf(clusters.values()));
                long millis = chance.between(1_000, 120_000);
                tell(() -> cluster + " can't be reached for " + millis + " ms");
                cluster.breakFor(millis);
            });
        }
        if (chance.percent(20)) {
            agenda.after(chance.between(0, until), this::wipeOne);
        }
    }

    private void calm() {
        tell(() -> "the faults stop");
        chance.calm();
        clusters.values().forEach(SimulatedCluster::heal);
        nodes.calm();
        applications.forEach(people::askAtLast);
    }

    // ---- what the parts of the world find in it

    Agenda agenda() {
        return agenda;
    }

    Chance chance() {
        return chance;
    }

    Bug bug() {
        return bug;
    }

    Checks checks() {
        return checks;
    }

    SimulatedJournal journal() {
        return journal;
    }

    Fleet fleet() {
        return fleet;
    }

    Telling telling() {
        return telling;
    }

    void tell(Supplier<String> line) {
        telling.tell(line);
    }

    List<ApplicationName> applications() {
        return applications;
    }

    Collection<SimulatedCluster> clusters() {
        return clusters.values();
    }

    /** What lies in each partition. */
    Map<Integer, List<Intake.Incoming>> broker() {
        var topics = new TreeMap<Integer, List<Intake.Incoming>>();
        intakes.forEach((partition, intake) -> topics.put(partition, intake.topic()));
        return topics;
    }

    LinkedCodec<ApplicationEvent> applicationEvents() {
        return codecs.applications();
    }

    LinkedCodec<RolloutEvent> rolloutEvents() {
        return codecs.rollouts();
    }

    Intake intake(int partition) {
        return Objects.requireNonNull(intakes.get(partition));
    }

    int partition(ApplicationName name) {
        return Objects.requireNonNull(partitions.get(name));
    }

    List<ApplicationName> applications(int partition) {
        return applications.stream()
                .filter(name -> partition(name) == partition)
                .toList();
    }

    /** The application is about to leave. */
    void leaves(ApplicationName name) {
        people.leaves(name);
    }

    /** So many messages wait for whoever writes, or leaves. */
    int room() {
        return room;
    }

    /** After which an actor that owes nothing leaves memory. */
    long idleMillis() {
        return idleMillis;
    }

    ApplicationShell application(ApplicationName name) {
        return nodes.application(name);
    }

    RolloutShell rollout(String cluster, ApplicationName name) {
        return nodes.rollout(cluster, name);
    }

    SimulatedCluster cluster(String name) {
        return Objects.requireNonNull(clusters.get(name));
    }

    StreamLoop<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> applicationLoop(
            ApplicationName name) {
        return new StreamLoop<>(StreamName.application(name), Planted.application(name, bug), codecs.applications());
    }

    StreamLoop<RolloutCommand, RolloutEvent, Rollout, RolloutTask> rolloutLoop(String cluster, ApplicationName name) {
        return new StreamLoop<>(StreamName.rollout(cluster, name), Planted.rollout(bug), codecs.rollouts());
    }

    <C, E, S, T> Folded<S> replay(StreamLoop<C, E, S, T> loop) {
        var folded = loop.initial();
        for (var event : journal.read(loop.name())) {
            folded = loop.fold(folded, event);
        }
        return folded;
    }

    /** A message between actors: late, lost or twice. */
    void send(Runnable message) {
        if (!chance.fault(30)) {
            agenda.after(chance.latency(), message);
        }
        if (chance.fault(80)) {
            agenda.after(chance.between(1, 40_000), message);
        }
    }

    void noticed(Observation seen) {
        nodes.noticed(seen);
    }
}
