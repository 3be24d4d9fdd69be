package dev.shiplog.localcluster;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/** A place on one of the event loops: the loops are shared, the order of tasks within a place is kept. */
final class OwnContext extends VerticleBase {
    private OwnContext() {}

    /** Consecutive calls are spread over the loops. */
    static Context in(Vertx vertx) {
        OwnContext own = new OwnContext();
        vertx.deployVerticle(own).await();
        return own.context;
    }

    @Override
    public Future<?> start() {
        return Future.succeededFuture();
    }
}
