package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Authorizer;
import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.apply.Ownership;
import dev.shiplog.localcluster.defaults.ServiceAddresses;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import dev.shiplog.localcluster.watch.History;
import java.util.List;

/** What stands behind the requests. */
record Backend(
        Store store,
        Timers timers,
        History history,
        Ownership ownership,
        ServiceAddresses addresses,
        Tokens tokens,
        Authorizer authorizer,
        List<Kind> kinds) {}
