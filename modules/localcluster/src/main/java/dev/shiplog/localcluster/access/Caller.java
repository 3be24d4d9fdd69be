package dev.shiplog.localcluster.access;

import java.util.ArrayList;
import java.util.List;

/** Somebody who asks, as authentication knows them. */
public record Caller(String name, List<String> groups) {
    public static final Caller ADMIN = new Caller("admin", List.of("system:masters", "system:authenticated"));
    public static final Caller ANONYMOUS = new Caller("system:anonymous", List.of("system:unauthenticated"));
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /** A user of this name; service accounts ({@code system:serviceaccount:namespace:name}) are in their groups. */
    public static Caller named(String name) {
        List<String> groups = new ArrayList<>();
        if (name.startsWith(SERVICE_ACCOUNT)) {
            String namespace = name.substring(SERVICE_ACCOUNT.length()).split(":")[0];
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + namespace);
        }
        groups.add("system:authenticated");
        return new Caller(name, List.copyOf(groups));
    }

    boolean isAdmin() {
        return groups.contains("system:masters");
    }
}
