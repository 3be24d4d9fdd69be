package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What reads one partition of the broker: one command after another within an application, side by side over applications,
 * each again until its outcome has come. Now and then it commits what lies before the eldest that is open; it begins no more
 * than may be repeated. After a crash, or when another node takes over, it begins at the committed offset: what was carried
 * out already comes again, of all its applications. Who was replaced may go on with what it had begun, but commits nothing.
 */
final class Intake {

    private static final long PATIENCE_MILLIS = 30_000;
    private static final long COMMIT_EVERY_MILLIS = 100;
    private static final long LATEST_COMMIT_MILLIS = 20_000;

    private final World world;
    private final int repeated;
    private final List<Incoming> topic = new ArrayList<>();
    private int committed;
    private Reading present = new Reading(0);

    /** A command as it lies in the topic. */
    record Incoming(ApplicationName application, CommandId id, ApplicationCommand command) {}

    /** @param repeated so many may be begun and not committed */
    Intake(World world, int repeated) {
        this.world = world;
        this.repeated = repeated;
    }

    void add(Incoming incoming) {
        topic.add(incoming);
        present.poll();
    }

    List<Incoming> topic() {
        return topic;
    }

    /** The node is gone that read it. */
    void startOver() {
        present.ended = true;
        begin();
    }

    /** Another node reads it now, and the one before may go on for a while with what it has. */
    void handOver() {
        var before = present;
        if (world.chance().percent(50)) {
            before.commit();
        }
        if (world.chance().percent(50)) {
            world.agenda().after(world.chance().between(2_000, 90_000), () -> before.ended = true);
        } else {
            before.ended = true;
        }
        begin();
    }

    private void begin() {
        var fresh = new Reading(committed);
        fresh.resting = true;
        present = fresh;
        world.agenda().after(world.chance().latency(), () -> {
            fresh.resting = false;
            fresh.poll();
        });
    }

    private final class Reading {

        private final TreeSet<Integer> open = new TreeSet<>();
        private final Map<ApplicationName, Queue<Integer>> lanes = new TreeMap<>();
        private int position;
        private int latestDone;
        private boolean resting;
        private boolean committing;
        private boolean ended;

        Reading(int position) {
            this.position = position;
        }

        void poll() {
            while (!resting && !isReplaced() && position < topic.size() && position - committed < repeated) {
                take(position++);
            }
        }

        private boolean isReplaced() {
            return ended || this != present;
        }

        private void take(int offset) {
            open.add(offset);
            if (world.bug() == Bug.OFFSET_BEFORE_JOURNAL) {
                committed(offset + 1);
            }
            var lane = lanes.computeIfAbsent(topic.get(offset).application(), absent -> new ArrayDeque<>());
            lane.add(offset);
            if (lane.size() == 1) {
                hand(offset);
            }
        }

        private void hand(int offset) {
            if (ended || !open.contains(offset)) {
                return;
            }
            var incoming = topic.get(offset);
            var asked = new Asked<>(
                    incoming.id(),
                    Principal.claimed("somebody"),
                    "",
                    world.agenda().now(),
                    incoming.id().toString(),
                    world.fleet(),
                    incoming.command());
            world.application(incoming.application())
                    .submit(
                            asked,
                            outcome -> world.agenda()
                                    .after(world.chance().latency(), () -> answered(offset, incoming, outcome)));
            world.agenda().after(PATIENCE_MILLIS, () -> hand(offset));
        }

        private void answered(int offset, Incoming incoming, Outcome outcome) {
            if (ended || !open.remove(offset)) {
                return;
            }
            world.tell(() -> incoming.id() + " was told " + outcome);
            world.checks().told(incoming.id(), outcome);
            latestDone = Math.max(latestDone, offset + 1);
            var lane = lanes.getOrDefault(incoming.application(), new ArrayDeque<>());
            lane.remove();
            var next = lane.peek();
            if (next != null) {
                hand(next);
            }
            commitSoon();
        }

        private void commitSoon() {
            if (!committing) {
                committing = true;
                boolean isSoon = world.chance().isCalm() || world.chance().percent(50);
                long pause = isSoon
                        ? COMMIT_EVERY_MILLIS
                        : world.chance().between(COMMIT_EVERY_MILLIS, LATEST_COMMIT_MILLIS);
                world.agenda().after(pause, () -> {
                    committing = false;
                    if (world.chance().fault(100)) {
                        commitSoon();
                    } else {
                        commit();
                        poll();
                    }
                });
            }
        }

        void commit() {
            if (!isReplaced()) {
                int behindTheDone = open.isEmpty() ? position : open.first();
                committed(world.bug() == Bug.COMMIT_THE_LATEST ? latestDone : behindTheDone);
            }
        }
    }

    private void committed(int offset) {
        for (int i = committed; i < offset; i++) {
            world.checks().committed(topic.get(i).application(), topic.get(i).id());
        }
        committed = Math.max(committed, offset);
    }
}
