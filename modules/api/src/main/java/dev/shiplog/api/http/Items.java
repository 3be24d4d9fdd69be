package dev.shiplog.api.http;

import dev.shiplog.views.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists, {@code {"items": [...]}}. All of a list is sent page by page, so that ten thousand applications need no more
 * memory than a page of them; who wants one page says {@code limit}, and goes on with {@code after=<next>}.
 */
public final class Items {

    /** So many rows are read and sent at once. */
    private static final int PAGE = 100;

    private static final int LIMIT_MAX = 1_000;

    /** One page after another. */
    @FunctionalInterface
    public interface Pages<T> {
        Page<T> after(String after, int limit);
    }

    private record Body<T>(List<T> items, @Nullable String next) {}

    private Items() {}

    public static <T> void send(Exchange exchange, Pages<T> pages) throws IOException, InterruptedException {
        var after = exchange.query("after").orElse("");
        if (exchange.query("limit").isPresent()) {
            page(exchange, pages, after, LIMIT_MAX);
            return;
        }
        var page = read(pages, after, PAGE);
        if (page.next().isEmpty()) {
            list(exchange, page.items());
            return;
        }
        exchange.begin("application/json");
        exchange.write("{\"items\":[" + joined(page));
        while (page.next().isPresent()) {
            page = read(pages, page.next().get(), PAGE);
            if (!page.items().isEmpty()) {
                exchange.write("," + joined(page));
            }
        }
        exchange.write("]}");
        exchange.end();
    }

    /** One page, of as many as are asked for. */
    public static <T> void page(Exchange exchange, Pages<T> pages, String after, int otherwise) {
        int limit = Parameters.number(exchange, "limit", 1, LIMIT_MAX).orElse(otherwise);
        var page = read(pages, after, limit);
        exchange.json(new Body<>(page.items(), page.next().orElse(null)));
    }

    public static <T> void list(Exchange exchange, List<T> items) {
        exchange.json(new Body<>(items, null));
    }

    private static <T> Page<T> read(Pages<T> pages, String after, int limit) {
        try {
            return pages.after(after, limit);
        } catch (IllegalArgumentException e) {
            throw Parameters.wrong("after", Optional.ofNullable(e.getMessage()).orElse("not understood"));
        }
    }

    private static <T> String joined(Page<T> page) {
        return String.join(",", page.items().stream().map(Wire::json).toList());
    }
}
