package dev.shiplog.localcluster.access;

import java.util.ArrayList;
import java.util.List;

/** Somebody who asks, as authentication knows them. */
public record Caller(String name, List<String> groups) {
    static final String MASTERS = "system:masters";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    public static final Caller ADMIN = new Caller("admin", List.of(MASTERS, AUTHENTICATED));
    public static final Caller ANONYMOUS = new Caller("system:anonymous", List.of(UNAUTHENTICATED));
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /** A user of this name; service accounts ({@code system:serviceaccount:namespace:name}) are in their groups. */
    public static Caller named(String name) {
        List<String> groups = new ArrayList<>();
        if (name.startsWith(SERVICE_ACCOUNT)) {
            String namespace = name.substring(SERVICE_ACCOUNT.length()).split(":")[0];
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + namespace);
        }
        groups.add(AUTHENTICATED);
        return new Caller(name, List.copyOf(groups));
    }

    /** A user of this name in these groups, as somebody else asks for; in those of the name if there are none. */
    public static Caller impersonated(String name, List<String> groups) {
        boolean anonymous = name.equals(ANONYMOUS.name);
        if (groups.isEmpty()) {
            return anonymous ? ANONYMOUS : named(name);
        }
        List<String> all = new ArrayList<>(groups);
        if (!all.contains(AUTHENTICATED) && !all.contains(UNAUTHENTICATED)) {
            all.add(anonymous ? UNAUTHENTICATED : AUTHENTICATED);
        }
        return new Caller(name, List.copyOf(all));
    }

    boolean isAuthenticated() {
        return groups.contains(AUTHENTICATED);
    }

    boolean isAdmin() {
        return groups.contains(MASTERS);
    }
}
