package dev.shiplog.server;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.protocol.sealing.SealingFailure;
import dev.shiplog.protocol.sealing.Unsealer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/** Opens sealed values for the gateways, one at a time. */
record SealedSecrets(Unsealer unsealer) {

    byte[] open(ApplicationName application, String secret, String key, String sealed) throws GeneralSecurityException {
        try {
            return Optional.ofNullable(unsealer.open(application, secret, Map.of(key, sealed))
                            .get(key))
                    .orElseThrow(() -> new GeneralSecurityException("nothing came out of " + secret + "/" + key));
        } catch (SealingFailure e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }
}
