package dev.shiplog.kubernetes;

import dev.shiplog.domain.ApplicationName;
import java.security.GeneralSecurityException;

/** Opens what a submitter has sealed, at the last moment: when it is written to a cluster. */
@FunctionalInterface
public interface SecretOpener {

    /**
     * @param secret the Secret's name in the release, without the hash of its content
     * @param key of the value in the Secret
     * @param sealed base64 of the cipher text
     * @return the value itself, which may be binary
     * @throws GeneralSecurityException if it was sealed with another key, or for another place
     */
    byte[] open(ApplicationName application, String secret, String key, String sealed) throws GeneralSecurityException;
}
