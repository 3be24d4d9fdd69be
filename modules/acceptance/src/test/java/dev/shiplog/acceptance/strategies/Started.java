package dev.shiplog.acceptance.strategies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link World}, which starts once for all of them and stops after the last. */
final class Started implements ParameterResolver {

    private record Running(World world, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            world.close();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(World.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Started.class))
                .computeIfAbsent(Running.class, key -> start(), Running.class)
                .world();
    }

    private static Running start() {
        try {
            var folder = Files.createTempDirectory("shiplog-strategies");
            return new Running(new World(folder), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
