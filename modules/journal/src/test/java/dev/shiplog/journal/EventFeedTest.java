package dev.shiplog.journal;

import static dev.shiplog.journal.JournalTest.await;
import static dev.shiplog.journal.JournalTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.engine.stream.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a follower works by being there
class EventFeedTest {

    private String url;
    private Journal journal;

    @BeforeEach
    void open() throws SQLException {
        url = Database.fresh();
        journal = Journal.open(url);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aFollowerSeesEveryEventOnceInOrderWhileSeveralProcessesWrite() throws Exception {
        int perWriter = 2_000;
        var seen = Collections.synchronizedList(new ArrayList<Entry>());
        var all = new CountDownLatch(2 * perWriter);
        try (Journal another = Journal.open(url);
                var follower = journal.feed().follow("test", 0, batch -> {
                    seen.addAll(batch);
                    batch.forEach(event -> all.countDown());
                })) {
            var writes = new ArrayList<CompletableFuture<Void>>();
            for (int i = 1; i <= perWriter; i++) {
                writes.add(journal.write(List.of(event("a" + i % 50, 1 + i / 50))));
                writes.add(another.write(List.of(event("b" + i % 50, 1 + i / 50))));
            }
            for (CompletableFuture<Void> write : writes) {
                await(write);
            }
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(follower.position()).isPositive();
        }
        assertThat(seen).extracting(Entry::position).isSorted().doesNotHaveDuplicates();
        assertThat(seen)
                .hasSize(2 * perWriter)
                .extracting(Entry::position)
                .isEqualTo(journal.feed().after(0, 10_000).stream()
                        .map(Entry::position)
                        .toList());
    }

    @Test
    void aBatchOfLargeEventsIsSmall() throws Exception {
        byte[] large = new byte[3 * 1024 * 1024];
        for (int i = 1; i <= 4; i++) {
            await(journal.write(List.of(new NewEvent("a", i, new StoredEvent(large), "writer"))));
        }
        List<Entry> batch = journal.feed().after(0, 100);
        assertThat(batch).extracting(Entry::sequenceNumber).containsExactly(1L, 2L, 3L);
        assertThat(journal.feed().after(batch.getLast().position(), 100)).hasSize(1);
    }

    /** While one batch is in hand, the journal keeps the others. */
    @Test
    void aFollowerHasNoMoreInHandThanItMay() throws Exception {
        int events = 100;
        int most = 7;
        var sizes = new LinkedBlockingQueue<Integer>();
        var goesOn = new CountDownLatch(1);
        var all = new CountDownLatch(events);
        try (Journal few = Journal.open(url, JournalLimits.USUAL.withFollowed(most, Long.MAX_VALUE))) {
            for (int i = 1; i <= events; i++) {
                await(few.write(List.of(event("a", i))));
            }
            try (var follower = few.feed().follow("test", 0, batch -> {
                sizes.add(batch.size());
                goesOn.await();
                batch.forEach(event -> all.countDown());
            })) {
                assertThat(sizes.poll(20, TimeUnit.SECONDS)).isEqualTo(most);
                assertThat(follower.position()).isZero();
                goesOn.countDown();
                assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(most));
    }

    @Test
    void aHandlerThatFailsSeesTheSameBatchAgain() throws Exception {
        var attempts = new AtomicInteger();
        var handled = new CompletableFuture<List<Entry>>();
        await(journal.write(List.of(event("a", 1))));
        try (var follower = journal.feed().follow("test", 0, batch -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            handled.complete(batch);
        })) {
            assertThat(handled.get(10, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void whatIsCommittedIsSeenWithinTwentyMilliseconds() throws Exception {
        BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        var delays = new ArrayList<Long>();
        try (var follower =
                journal.feed().follow("test", 0, batch -> batch.forEach(event -> arrivals.add(System.nanoTime())))) {
            for (int i = 1; i <= 200; i++) {
                await(journal.write(List.of(event("a", i))));
                long committed = System.nanoTime();
                Long arrived = arrivals.poll(10, TimeUnit.SECONDS);
                assertThat(arrived).isNotNull();
                delays.add(TimeUnit.NANOSECONDS.toMicros(arrived - committed));
            }
        }
        Collections.sort(delays);
        long median = delays.get(100);
        System.out.printf("from commit to follower: p50 %d us, p99 %d us%n", median, delays.get(198));
        assertThat(median).isLessThan(20_000);
    }

    @Test
    void anOffsetIsKeptOnlyWithTheTransactionItBelongsTo() throws SQLException {
        try (Connection connection = journal.database().getConnection()) {
            connection.setAutoCommit(false);
            Offsets.write(connection, "reader", 7);
            connection.commit();
            Offsets.write(connection, "reader", 9);
            connection.rollback();
            assertThat(Offsets.read(connection, "reader")).isEqualTo(7);
            assertThat(Offsets.read(connection, "another")).isZero();
            connection.rollback();
        }
    }
}
