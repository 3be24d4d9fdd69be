package dev.shiplog.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Where connections are served. */
public final class EventLoops {

    private EventLoops() {}

    /**
     * Without Vert.x's cache of files: nothing here reads a file through it, and its folder among the temporary ones would
     * stay for ever once the JVM is killed.
     */
    public static Vertx start() {
        return Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
