package dev.shiplog.simulation;

import dev.shiplog.domain.Asked;
import dev.shiplog.engine.stream.Folded;
import dev.shiplog.engine.stream.StreamLoop;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * What Pekko's EventSourcedBehavior does around the loop: recover, then one command at a time; while events are being
 * written, what else comes waits; a write that fails restarts it from the journal, and what waited is lost.
 */
abstract class Shell<C, E, S, T> {

    /** How long the first restart after a failed write is put off. */
    private static final long RESTART_MILLIS = 200;

    final World world;
    final StreamLoop<C, E, S, T> loop;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private Folded<S> folded;
    private boolean busy = true;
    private boolean dead;
    private int life;

    Shell(World world, StreamLoop<C, E, S, T> loop) {
        this.world = world;
        this.loop = loop;
        this.folded = loop.initial();
    }

    void start() {
        busy = true;
        life++;
        folded = loop.initial();
        waiting.clear();
        forgetMemory();
        later(world.chance().latency(), () -> {
            folded = world.replay(loop);
            busy = false;
            recovered(folded);
            next();
        });
    }

    /** The node is gone: nothing it had in memory is left, and nobody hears what is said to it. */
    void die() {
        dead = true;
        life++;
    }

    boolean isDead() {
        return dead;
    }

    Folded<S> folded() {
        return folded;
    }

    /** Runs when nothing is being written. */
    void receive(Runnable message) {
        if (dead) {
            return;
        }
        if (busy) {
            waiting.add(message);
        } else {
            message.run();
        }
    }

    void decide(Asked<C> asked, Consumer<Folded<S>> then) {
        var events = loop.decide(folded, asked);
        if (events.isEmpty()) {
            then.accept(folded);
            return;
        }
        busy = true;
        var after = folded;
        for (var event : events) {
            after = loop.fold(after, event);
        }
        var decided = after;
        if (world.bug() == Bug.ACT_BEFORE_JOURNAL) {
            requestOutstanding(decided);
        }
        if (world.bug() == Bug.ANSWER_BEFORE_JOURNAL) {
            decidedEarly(asked, decided);
        }
        int asking = life;
        world.journal().append(loop.name(), folded.length(), events, answer -> {
            if (asking != life) {
                return;
            }
            if (answer == SimulatedJournal.Answer.KEPT) {
                folded = decided;
                busy = false;
                then.accept(folded);
                next();
            } else if (world.bug() == Bug.KEEP_STATE_AFTER_FAILED_APPEND) {
                folded = new Folded<>(
                        folded.state(), world.journal().read(loop.name()).size(), folded.lastHash());
                busy = false;
                next();
            } else {
                world.tell(() -> this + " restarts: " + answer);
                life++;
                int restarting = life;
                world.agenda().after(RESTART_MILLIS, () -> {
                    if (!dead && restarting == life) {
                        start();
                    }
                });
            }
        });
    }

    private void next() {
        while (!busy && !waiting.isEmpty()) {
            waiting.removeFirst().run();
        }
    }

    /** A timer of this life: after a restart it does not fire. */
    void later(long millis, Runnable what) {
        int set = life;
        world.agenda().after(millis, () -> {
            if (set == life && !dead) {
                what.run();
            }
        });
    }

    abstract void forgetMemory();

    abstract void recovered(Folded<S> folded);

    abstract void requestOutstanding(Folded<S> folded);

    abstract void decidedEarly(Asked<C> asked, Folded<S> decided);
}
