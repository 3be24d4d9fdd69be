package dev.shiplog.localcluster.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which bearer token is whose. As long as none is known, everybody is an administrator. */
public final class Tokens {
    private static final String BEARER = "Bearer ";

    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    public void grant(String token, Caller caller) {
        callers.put(token, caller);
        revoked.remove(token);
    }

    /** From now on the token is a bad one. */
    public void revoke(String token) {
        revoked.add(token);
    }

    /** Every token there is becomes a bad one, and so does any that is not known. */
    public void revokeAll() {
        callers.keySet().forEach(revoked::add);
        revoked.add("");
    }

    /** Undoes all revocations. */
    public void restore() {
        revoked.clear();
    }

    /** Nothing if the token is a bad one. */
    public Optional<Caller> caller(String authorization) {
        String token = authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : "";
        if (revoked.contains(token) || revoked.contains("")) {
            return Optional.empty();
        }
        if (callers.isEmpty()) {
            return Optional.of(Caller.ADMIN);
        }
        return token.isEmpty() ? Optional.of(Caller.ANONYMOUS) : Optional.ofNullable(callers.get(token));
    }
}
