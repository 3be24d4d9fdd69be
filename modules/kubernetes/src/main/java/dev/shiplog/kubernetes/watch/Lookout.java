package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Backoff;
import dev.shiplog.kubernetes.explain.Explainer;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one cluster: keeps in touch with its API server, follows its objects, and tells both as sightings, one after
 * another. All state is touched on one strand only.
 *
 * <p>A heartbeat asks for the version every ten seconds, since a watch on a dead connection just says nothing. When it
 * comes back after trouble, the watches begin anew.
 */
public final class Lookout implements AutoCloseable {

    /**
     * What a lookout needs from outside.
     *
     * @param changes that wait to be taken in before the watches read no further
     */
    public record Plan(
            Opening opening,
            Consumer<Sighting> sightings,
            ScheduledExecutorService alarms,
            InstantSource clock,
            RandomGenerator chance,
            int changes) {

        /** How to reach the cluster. */
        @FunctionalInterface
        public interface Opening {

            /** @throws IllegalArgumentException with what to do, if it can't be known yet */
            Connected open();
        }

        /** @param namespaces to watch; empty: all */
        public record Connected(ApiServer server, List<String> namespaces) {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final String HEARTBEAT = "heartbeat";
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(10);

    private final String cluster;
    private final Plan plan;
    private final Executor threads;
    private final Strand strand;
    private final Strand.Errand turn;
    private final Strand.Errand showAsked;
    private final Set<ApplicationName> asked = ConcurrentHashMap.newKeySet();
    private final Board board;
    private final Touch touch = new Touch();
    private volatile Trouble absence;
    private volatile boolean closed;

    // On the strand only.
    private @Nullable Explainer explainer;
    private final List<KindWatch> watches = new ArrayList<>();
    private final Set<KindWatch> listed = new HashSet<>();
    private @Nullable ScheduledFuture<?> alarm;

    public Lookout(String cluster, Plan plan, Executor threads) {
        this.cluster = cluster;
        this.plan = plan;
        this.threads = threads;
        this.strand = new Strand(threads, plan.changes());
        this.turn = strand.errand(this::turn);
        this.showAsked = strand.errand(this::showAsked);
        this.board = new Board(cluster);
        this.absence = new Trouble(Kind.UNREACHABLE, "cluster " + cluster + " has not been reached yet");
    }

    public void begin() {
        start(this::keepInTouch);
    }

    /** Why it is not known yet how to reach the cluster. */
    public Trouble absence() {
        return absence;
    }

    /** Shows the application again, as soon as everything has been listed. Does not wait. */
    public void look(ApplicationName application) {
        asked.add(application);
        showAsked.soon();
    }

    private void showAsked() {
        // Before all is listed nobody knows; then every application is told anyway.
        boolean isKnown = !watches.isEmpty() && listed.size() == watches.size();
        for (var application : List.copyOf(asked)) {
            asked.remove(application);
            if (isKnown) {
                board.look(application);
                turn.soon();
            }
        }
    }

    /** An object as the API server has answered our write of it. */
    public void written(Json.Obj object) throws InterruptedException {
        var kind = WatchedKind.of(object);
        var shown = kind.flatMap(known -> known.shown(object));
        if (shown.isPresent()) {
            var id = ObjectId.of(kind.orElseThrow(), object);
            long version = ObjectId.version(object);
            strand.run(() -> {
                board.written(id, shown.get(), version, plan.clock().instant());
                turn.soon();
            });
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Something that goes on on a thread of its own until the gateway is closed. */
    private interface Occupation {
        void run() throws InterruptedException;
    }

    private void start(Occupation occupation) {
        try {
            threads.execute(() -> {
                try {
                    occupation.run();
                } catch (InterruptedException e) {
                    LOG.debug("The gateway to {} is closed", cluster);
                } catch (RuntimeException e) {
                    if (!closed) {
                        LOG.error("A part of the gateway to {} has stopped", cluster, e);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The gateway to {} is closed", cluster);
        }
    }

    private void keepInTouch() throws InterruptedException {
        var backoff = new Backoff(plan.chance());
        var connected = connect(backoff);
        beat(connected.server(), backoff);
    }

    private Plan.Connected connect(Backoff backoff) throws InterruptedException {
        while (true) {
            try {
                var connected = plan.opening().open();
                strand.run(() -> watch(connected));
                return connected;
            } catch (RuntimeException e) {
                // A kubeconfig that is not there yet, a certificate that can't be read: somebody may mend it.
                var trouble = new Trouble(Kind.UNREACHABLE, "cluster " + cluster + " cannot be reached: " + reason(e));
                absence = trouble;
                strand.run(() -> tell(touch.troubled(HEARTBEAT, trouble)));
                Thread.sleep(backoff.next());
            }
        }
    }

    private static String reason(RuntimeException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private void watch(Plan.Connected connected) {
        touch.expect(HEARTBEAT);
        explainer = new Explainer(connected.server());
        var follower = new OnStrand();
        List<Optional<String>> namespaces = connected.namespaces().isEmpty()
                ? List.of(Optional.empty())
                : connected.namespaces().stream().map(Optional::of).toList();
        for (var kind : WatchedKind.values()) {
            for (var namespace : namespaces) {
                var watch = new KindWatch(connected.server(), kind, namespace, follower, plan.clock(), plan.chance());
                watches.add(watch);
                touch.expect(watch);
                start(watch::run);
            }
        }
    }

    private void beat(ApiServer server, Backoff backoff) throws InterruptedException {
        boolean wasFine = true;
        while (true) {
            try {
                var version = server.readable(server.probe("/version"))
                        .text("gitVersion")
                        .orElse("unknown");
                boolean isBack = !wasFine;
                wasFine = true;
                backoff.reset();
                strand.run(() -> {
                    touch.version(version);
                    tell(touch.fine(HEARTBEAT));
                    if (isBack) {
                        watches.forEach(KindWatch::doubt);
                    }
                });
                long millis = BETWEEN_BEATS.toMillis();
                Thread.sleep(millis * 4 / 5 + plan.chance().nextLong(millis * 2 / 5));
            } catch (TroubleException e) {
                wasFine = false;
                strand.run(() -> tell(touch.troubled(HEARTBEAT, e.trouble())));
                Thread.sleep(backoff.next());
            } catch (RuntimeException e) {
                LOG.error("The heartbeat of cluster {} stumbled and goes on", cluster, e);
                wasFine = false;
                var trouble = Troubles.ofOwnFault(cluster, e);
                strand.run(() -> tell(touch.troubled(HEARTBEAT, trouble)));
                Thread.sleep(backoff.next());
            }
        }
    }

    private void tell(Optional<Sighting> sighting) {
        if (!closed) {
            sighting.ifPresent(plan.sightings());
        }
    }

    /** Does what is due and sets the alarm for what will be. */
    private void turn() {
        var now = plan.clock().instant();
        for (var due : board.due(now)) {
            switch (due) {
                case Board.Due.Tell tell -> tell(Optional.of(tell.sighting()));
                case Board.Due.Explain explain -> {
                    var reader = explainer;
                    if (reader != null) {
                        start(() -> explain(reader, explain));
                    }
                }
            }
        }
        var before = alarm;
        if (before != null) {
            before.cancel(false);
        }
        alarm = board.next(now).map(time -> alarm(now, time)).orElse(null);
    }

    private @Nullable ScheduledFuture<?> alarm(Instant now, Instant time) {
        long nanos = now.isBefore(time) ? Duration.between(now, time).toNanos() : 0;
        try {
            return plan.alarms().schedule(turn::soon, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private void explain(Explainer reader, Board.Due.Explain explain) throws InterruptedException {
        List<Trouble> troubles = List.of();
        try {
            troubles = reader.explain(explain.application().namespace(), explain.workloads());
        } finally {
            // In any case, or the application would wait for its explanation for ever.
            var found = troubles;
            strand.run(() -> {
                board.explained(explain.application(), found, plan.clock().instant());
                turn.soon();
            });
        }
    }

    private final class OnStrand implements KindWatch.Follower {

        @Override
        public void listed(KindWatch watch, Listing listing) throws InterruptedException {
            strand.run(() -> {
                listed.add(watch);
                board.listed(
                        watch.kind(), watch.namespace(), listing, plan.clock().instant());
                turn.soon();
            });
        }

        @Override
        public void changed(ObjectId id, Optional<Shown> shown, long version) throws InterruptedException {
            strand.run(() -> {
                board.changed(id, shown, version, plan.clock().instant());
                turn.soon();
            });
        }

        @Override
        public void inTouch(KindWatch watch) throws InterruptedException {
            strand.run(() -> tell(touch.fine(watch)));
        }

        @Override
        public void outOfTouch(KindWatch watch, Trouble trouble) throws InterruptedException {
            strand.run(() -> tell(touch.troubled(watch, trouble)));
        }
    }
}
