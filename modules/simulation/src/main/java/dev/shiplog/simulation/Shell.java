package dev.shiplog.simulation;

import dev.shiplog.domain.Asked;
import dev.shiplog.engine.Departures;
import dev.shiplog.engine.stream.Folded;
import dev.shiplog.engine.stream.StreamLoop;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What Pekko's EventSourcedBehavior does around the loop: recover, then one command at a time; while events are being
 * written, as much waits as there is room for, and what else comes is left out; a write that fails restarts it from the
 * journal, and what waited is lost.
 *
 * <p>And what those do that find the actors: who has had nothing to do for a while asks to leave; what comes while it goes
 * is kept, as much as there is room for; the next message begins it anew from the journal.
 */
abstract class Shell<C, E, S, T> {

    /** How long the first restart after a failed write is put off. */
    private static final long RESTART_MILLIS = 200;

    private enum Presence {
        ABSENT,
        PRESENT,
        LEAVING
    }

    final World world;
    final StreamLoop<C, E, S, T> loop;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final ArrayDeque<Runnable> kept = new ArrayDeque<>();
    private Presence presence = Presence.ABSENT;
    private Folded<S> folded;
    private boolean everBegun;
    private boolean busy = true;
    private boolean dead;

    /** Of timers: another one after each restart. */
    private int life;

    /** Of those who have its address: another one after it has left. */
    private int incarnation;

    private int idling;

    Shell(World world, StreamLoop<C, E, S, T> loop) {
        this.world = world;
        this.loop = loop;
        this.folded = loop.initial();
    }

    /** If it isn't there. */
    void wake() {
        tell(() -> {});
    }

    private void begin() {
        if (everBegun) {
            world.tell(() -> this + " comes back");
        }
        presence = Presence.PRESENT;
        everBegun = true;
        recover();
    }

    private void recover() {
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

    boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    boolean isLeaving() {
        return presence == Presence.LEAVING;
    }

    boolean isFull() {
        return presence == Presence.PRESENT && busy && waiting.size() >= world.room();
    }

    /** What it knows, or knew when it left. */
    Folded<S> folded() {
        return everBegun ? folded : world.replay(loop);
    }

    // ---- what it is told

    /** By way of those that find it. */
    void tell(Runnable message) {
        if (dead) {
            return;
        }
        switch (presence) {
            case ABSENT -> {
                begin();
                receive(message);
            }
            case PRESENT -> receive(message);
            case LEAVING -> {
                world.tell(() -> "what comes for " + this + " is kept");
                add(kept, message);
            }
        }
    }

    /** By those who have its address: once it has left nobody hears it. */
    <M> Consumer<M> here(Consumer<M> message) {
        int addressed = incarnation;
        return said -> {
            if (addressed == incarnation) {
                receive(() -> message.accept(said));
            }
        };
    }

    /** Runs when nothing is being written. */
    void receive(Runnable message) {
        if (dead) {
            return;
        }
        if (busy) {
            add(waiting, message);
        } else {
            message.run();
        }
    }

    private void add(ArrayDeque<Runnable> messages, Runnable message) {
        if (messages.size() < world.room()) {
            messages.add(message);
        } else {
            world.tell(() -> this + " leaves a message out");
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
            if (asking == life) {
                answered(answer, decided, then);
            }
        });
    }

    private void answered(SimulatedJournal.Answer answer, Folded<S> decided, Consumer<Folded<S>> then) {
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
            restart();
        }
    }

    private void restart() {
        life++;
        int restarting = life;
        world.agenda().after(RESTART_MILLIS, () -> {
            if (!dead && restarting == life) {
                recover();
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

    // ---- how it leaves

    /** After a while of idleness; any work before its end begins the while anew. */
    void leaveWhenIdle(List<T> outstanding) {
        int set = ++idling;
        if (isIdle(outstanding)) {
            later(world.idleMillis(), () -> {
                if (set == idling) {
                    receive(this::askToLeave);
                }
            });
        }
    }

    private void askToLeave() {
        aboutToLeave();
        int leaving = incarnation;
        world.agenda().after(world.chance().latency(), () -> {
            if (!dead && leaving == incarnation && presence == Presence.PRESENT) {
                presence = Presence.LEAVING;
                world.agenda().after(world.chance().latency(), () -> askToStop(leaving));
            }
        });
    }

    /** Behind what it has been told before, and again until it has left: it may have no room for the word, or lose it. */
    private void askToStop(int leaving) {
        if (dead || leaving != incarnation) {
            return;
        }
        receive(this::stop);
        if (world.bug() != Bug.ASK_TO_STOP_ONCE) {
            world.agenda().after(Departures.ASK_AGAIN.toMillis(), () -> askToStop(leaving));
        }
    }

    private void stop() {
        world.tell(() -> this + " leaves");
        life++;
        incarnation++;
        busy = true;
        waiting.clear();
        forgetMemory();
        if (!isIdle(loop.outstanding(folded)) && world.bug() != Bug.LEAVE_WITH_WORK) {
            kept.add(() -> {});
        }
        world.agenda().after(world.chance().latency(), this::gone);
    }

    private void gone() {
        presence = Presence.ABSENT;
        var messages = List.copyOf(kept);
        kept.clear();
        messages.forEach(this::tell);
    }

    /** Whether it has nothing to do while just this is outstanding. */
    abstract boolean isIdle(List<T> outstanding);

    abstract void aboutToLeave();

    abstract void forgetMemory();

    abstract void recovered(Folded<S> folded);

    abstract void requestOutstanding(Folded<S> folded);

    abstract void decidedEarly(Asked<C> asked, Folded<S> decided);
}
