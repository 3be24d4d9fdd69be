package dev.shiplog.localcluster.watch;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kind;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One stream of changes. What the client does not take at once waits here, as references to the shared objects; if too
 * much waits, the stream ends and the client must list anew.
 */
public final class Watch {
    private static final int MOST_WAITING = 20_000;

    /** Where the lines of a watch go. */
    public interface Sink {
        boolean isFull();

        void line(String json);

        void end();
    }

    private record Line(String type, ObjectNode object) {}

    private final Selection selection;
    private final Kind served;
    private final Sink sink;
    private final UnaryOperator<ObjectNode> presentation;
    private final Queue<Line> waiting = new ArrayDeque<>();
    private boolean ended;

    public Watch(Kind served, Selection selection, Sink sink, UnaryOperator<ObjectNode> presentation) {
        this.served = served;
        this.selection = selection;
        this.sink = sink;
        this.presentation = presentation;
    }

    public boolean hasEnded() {
        return ended;
    }

    public void initial(ObjectNode object) {
        if (selection.matches(object)) {
            send("ADDED", object);
        }
    }

    /** An object that starts to match is ADDED, one that stops is DELETED, as it was when it last matched. */
    public void changed(Change change) {
        if (ended || !selection.covers(change.key())) {
            return;
        }
        @Nullable ObjectNode before = change.before();
        boolean matched = before != null && selection.matches(before);
        boolean matches = change.type() != Change.Type.DELETED && selection.matches(change.object());
        if (matches) {
            send(matched ? "MODIFIED" : "ADDED", change.object());
        } else if (matched && before != null) {
            ObjectNode last = change.type() == Change.Type.DELETED ? change.object() : before;
            send(
                    "DELETED",
                    Json.with(last, Json.text(Long.toString(change.resourceVersion())), "metadata", "resourceVersion"));
        }
    }

    public void bookmark(long resourceVersion, boolean endOfInitial) {
        ObjectNode shell = Json.object();
        shell.put("kind", served.name()).put("apiVersion", served.apiVersion());
        ObjectNode meta = shell.putObject("metadata");
        meta.put("resourceVersion", Long.toString(resourceVersion));
        if (endOfInitial) {
            meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        enqueue(new Line("BOOKMARK", shell));
    }

    /** Says why, and ends. */
    public void fail(ObjectNode status) {
        enqueue(new Line("ERROR", status));
        end();
    }

    public void end() {
        if (!ended) {
            drain();
            ended = true;
            waiting.clear();
            sink.end();
        }
    }

    /** The client has gone. */
    public void abandon() {
        ended = true;
        waiting.clear();
    }

    /** Writes what waits, as long as the client takes it. */
    public void drain() {
        while (!ended && !sink.isFull()) {
            Line line = waiting.poll();
            if (line == null) {
                return;
            }
            write(line);
        }
    }

    private void send(String type, ObjectNode object) {
        enqueue(new Line(type, presentation.apply(object)));
    }

    private void enqueue(Line line) {
        if (ended) {
            return;
        }
        if (waiting.isEmpty() && !sink.isFull()) {
            write(line);
            return;
        }
        waiting.add(line);
        if (waiting.size() > MOST_WAITING) {
            end();
        }
    }

    private void write(Line line) {
        sink.line("{\"type\":\"" + line.type + "\",\"object\":" + line.object + "}\n");
    }
}
