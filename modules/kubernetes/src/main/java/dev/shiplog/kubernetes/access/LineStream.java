package dev.shiplog.kubernetes.access;

import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer that goes on, read by one virtual thread. The next piece is asked for only when the last one
 * has been read to its end, so that a slow reader holds a piece and not the whole answer.
 */
public final class LineStream implements AutoCloseable {

    /** An object has at most 3 MiB; a line that does not end is no watch. */
    private static final int LONGEST_LINE_BYTES = 8 << 20;

    private sealed interface Piece {
        record Bytes(ByteBuffer buffer) implements Piece {}

        record End() implements Piece {}

        record Failure(Throwable cause) implements Piece {}
    }

    private final String cluster;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile @Nullable AsyncBody body;
    private @Nullable ByteBuffer current;
    private boolean ended;

    LineStream(String cluster) {
        this.cluster = cluster;
    }

    void received(List<ByteBuffer> buffers) {
        buffers.forEach(buffer -> pieces.add(new Piece.Bytes(buffer)));
    }

    void begin(AsyncBody begun) {
        body = begun;
        var unused = begun.done()
                .whenComplete((ignored, failure) -> pieces.add(
                        failure == null || failure instanceof CancellationException
                                ? new Piece.End()
                                : new Piece.Failure(failure)));
        begun.consume();
    }

    /**
     * The next line without its end, never an empty one; empty when the answer has ended.
     *
     * @param patience for which the server may be silent
     */
    public Optional<byte[]> next(Duration patience) throws TroubleException, InterruptedException {
        while (!ended) {
            var buffer = current;
            if (buffer != null && readToLineEnd(buffer)) {
                if (line.size() > 0) {
                    var bytes = line.toByteArray();
                    line.reset();
                    return Optional.of(bytes);
                }
            } else {
                receive(patience);
            }
        }
        if (line.size() > 0) {
            var bytes = line.toByteArray();
            line.reset();
            return Optional.of(bytes);
        }
        return Optional.empty();
    }

    /** The lines until the answer ends. */
    Stream<String> rest(Duration patience) throws TroubleException, InterruptedException {
        var lines = Stream.<String>builder();
        for (var next = next(patience); next.isPresent(); next = next(patience)) {
            lines.add(new String(next.get(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return lines.build();
    }

    private boolean readToLineEnd(ByteBuffer buffer) throws TroubleException {
        while (buffer.hasRemaining()) {
            byte b = buffer.get();
            if (b == '\n') {
                return true;
            }
            line.write(b);
        }
        if (line.size() > LONGEST_LINE_BYTES) {
            throw new TroubleException(Kind.UNKNOWN, "cluster " + cluster + " sends a line without an end");
        }
        current = null;
        var asked = body;
        if (pieces.isEmpty() && asked != null) {
            asked.consume();
        }
        return false;
    }

    private void receive(Duration patience) throws TroubleException, InterruptedException {
        var piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        switch (piece) {
            case null ->
                throw new TroubleException(
                        Kind.UNREACHABLE, "cluster " + cluster + " cannot be reached: a watch fell silent");
            case Piece.Bytes bytes -> current = bytes.buffer();
            case Piece.End ignored -> ended = true;
            case Piece.Failure failure -> throw new TroubleException(Troubles.ofFailure(cluster, failure.cause()));
        }
    }

    /** Makes the reader see the end at once. */
    public void stop() {
        pieces.add(new Piece.End());
    }

    @Override
    public void close() {
        var begun = body;
        if (begun != null) {
            begun.cancel();
        }
    }
}
