package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.protocol.Reading.Understood;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The stories of many applications side by side, one command after another for as long as it lasts, some of them sent twice. */
final class Load implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(40);

    /** So many may wait for their outcome; a slow machine is not to be buried. */
    private static final int WAITING = 300;

    /** Younger than the window in which an application remembers its commands. */
    private static final int RECENT = 60;

    private final Submitter submitter;
    private final Told told;
    private final Random chance;
    private final List<Story> stories;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final List<Understood> recent = new ArrayList<>();
    private int number;

    Load(String bootstrapServers, int applications, long seed) {
        submitter = new Submitter(bootstrapServers);
        told = new Told(bootstrapServers);
        chance = new Random(seed);
        stories = IntStream.range(0, applications)
                .mapToObj(application -> new Story(application, seed))
                .toList();
    }

    /** A release for each application. */
    void begin() {
        stories.forEach(story -> send(story, story.first()));
    }

    /** From now on whatever comes. */
    void start() {
        var unused = pace.scheduleAtFixedRate(this::next, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    Submitter submitter() {
        return submitter;
    }

    /** What became of the commands. */
    Told told() {
        return told;
    }

    /** From now on nothing comes by itself, and every application comes to rest. */
    void toRest() throws Exception {
        pace.shutdown();
        if (!pace.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new AssertionError("the producer is stuck");
        }
        all(Story::toRest);
    }

    /** After the rest; applications come to another one. */
    void toTheEnd() {
        all(Story::toTheEnd);
    }

    private void all(Function<Story, List<ApplicationCommand>> commands) {
        stories.forEach(story -> commands.apply(story).forEach(command -> send(story, command)));
        submitter.flush();
    }

    private void next() {
        if (submitter.sent().size() - told.outcomes().size() >= WAITING) {
            return;
        }
        if (chance.nextInt(100) < 6) {
            submitter.send(recent.get(chance.nextInt(recent.size())));
            return;
        }
        for (var story = any(); ; story = any()) {
            var command = story.next();
            if (command.isPresent()) {
                send(story, command.get());
                return;
            }
        }
    }

    private Story any() {
        return stories.get(chance.nextInt(stories.size()));
    }

    private void send(Story story, ApplicationCommand command) {
        var understood = new Understood(
                ApplicationName.parse("default/" + story.name()),
                new CommandId("load", String.valueOf(++number)),
                Principal.claimed("ada"),
                "load",
                command);
        recent.add(understood);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
        submitter.send(understood);
    }

    @Override
    public void close() {
        pace.shutdownNow();
        submitter.close();
        told.close();
    }
}
