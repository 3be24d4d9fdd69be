package dev.shiplog.kubernetes;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutCommand.MeetTrouble;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Credentials;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import dev.shiplog.kubernetes.watch.Lookout;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway to one cluster over the Kubernetes API. Writes wait for the cluster on virtual threads, one at a time per
 * application; what the cluster shows is followed by a {@link Lookout}. Until it is known how to reach the cluster,
 * every task is answered with the reason.
 */
public final class Fabric8ClusterGateway implements ClusterGateway {

    private static final Logger LOG = LoggerFactory.getLogger(Fabric8ClusterGateway.class);

    private final String cluster;
    private final Surroundings surroundings;
    private final ExecutorService threads;
    private final Lanes lanes;
    private final Lookout lookout;
    private volatile @Nullable Session session;
    private volatile boolean closed;

    /** What a gateway needs from outside; {@code connection} throws IllegalArgumentException while it is not known. */
    record Surroundings(
            Supplier<ClusterConnection> connection,
            HttpClient.Factory clients,
            SecretOpener secrets,
            ScheduledExecutorService alarms,
            InstantSource clock,
            RandomGenerator chance,
            int changes) {}

    Fabric8ClusterGateway(String cluster, Surroundings surroundings, Consumer<Sighting> sightings) {
        this.cluster = cluster;
        this.surroundings = surroundings;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("cluster-" + cluster + "-", 0).factory());
        this.lanes = new Lanes(threads);
        this.lookout = new Lookout(
                cluster,
                new Lookout.Plan(
                        this::connect,
                        sightings,
                        surroundings.alarms(),
                        surroundings.clock(),
                        surroundings.chance(),
                        surroundings.changes()),
                threads);
        lookout.begin();
    }

    private Lookout.Plan.Connected connect() {
        var connection = surroundings.connection().get();
        var server = new ApiServer(cluster, connection, Credentials.of(connection), surroundings.clients());
        var opened = Session.of(server, connection.namespaces(), surroundings.secrets());
        session = opened;
        if (closed) {
            opened.close();
        }
        return new Lookout.Plan.Connected(server, connection.namespaces());
    }

    @Override
    public void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer) {
        var assignment = task.assignment();
        submit(assignment.application(), Lanes.Kind.APPLY, task.mark(), answer, present -> {
            present.routes().check(task);
            var warning = present.surveyor().check(task);
            present.applier().apply(task, lookout::written);
            return new ConfirmApplied(assignment.generation(), task.leg(), warning);
        });
    }

    @Override
    public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
        submit(task.application(), Lanes.Kind.DELETE, task.mark(), answer, present -> {
            var gone = new HashSet<ObjectKey>();
            try {
                present.deleter().delete(task, gone::add);
            } catch (TroubleException met) {
                if (!gone.isEmpty()) {
                    answer.accept(new ConfirmDeleted(task.generation(), gone));
                }
                throw met;
            }
            return new ConfirmDeleted(task.generation(), task.objects());
        });
    }

    @Override
    public void look(RolloutTask.Watch task) {
        lookout.look(task.application());
    }

    /** What is done in a session; trouble on the way is thrown. */
    private interface Step {
        RolloutCommand in(Session session) throws TroubleException, InterruptedException;
    }

    private void submit(
            ApplicationName application, Lanes.Kind kind, Mark mark, Consumer<RolloutCommand> answer, Step step) {
        lanes.submit(application, kind, new Lanes.Work() {
            @Override
            public Mark mark() {
                return mark;
            }

            @Override
            public void run() throws InterruptedException {
                answer.accept(answerOf(application, mark.generation(), step));
            }

            @Override
            public void overtaken(Mark by) {
                if (by.generation() > mark.generation()) {
                    answer.accept(new MeetTrouble(
                            mark.generation(),
                            new Trouble(
                                    Kind.OUTRUN,
                                    application + " is asked for at generation " + by.generation() + ", newer than "
                                            + mark.generation())));
                }
            }
        });
    }

    private RolloutCommand answerOf(ApplicationName application, int generation, Step step)
            throws InterruptedException {
        try {
            var present = session;
            return present == null ? new MeetTrouble(generation, lookout.absence()) : step.in(present);
        } catch (TroubleException e) {
            return new MeetTrouble(generation, e.trouble());
        } catch (RuntimeException e) {
            LOG.error("A write of {} to cluster {} failed", application, cluster, e);
            return new MeetTrouble(generation, Troubles.ofOwnFault(cluster, e));
        }
    }

    @Override
    public void close() {
        closed = true;
        lookout.close();
        threads.shutdownNow();
        var present = session;
        if (present != null) {
            present.close();
        }
    }
}
