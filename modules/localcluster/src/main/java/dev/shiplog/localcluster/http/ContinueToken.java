package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a list goes on.
 *
 * @param version of which the list is; {@link #LATEST}: whatever it is by now
 * @param start the path of the last object that was told
 */
record ContinueToken(long version, String start) {
    static final long LATEST = -1;

    private static final String FORMAT = "meta.k8s.io/v1";

    String written() {
        String token = Json.object()
                .put("v", FORMAT)
                .put("rv", version)
                .put("start", start)
                .toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    static ContinueToken read(String written) {
        JsonNode token = json(decoded(written));
        if (!Json.text(token, "v").equals(FORMAT)) {
            throw invalid("server does not recognize this encoded version " + Json.text(Json.text(token, "v")));
        }
        long version = Json.number(token, 0, "rv");
        if (version == 0) {
            throw invalid("incorrect encoded start resourceVersion (version " + FORMAT + ")");
        }
        String start = Json.text(token, "start");
        if (start.isEmpty()) {
            throw invalid("encoded start key empty (version " + FORMAT + ")");
        }
        return new ContinueToken(version, start);
    }

    private static byte[] decoded(String written) {
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean ofBase64 =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!ofBase64) {
                throw invalid("illegal base64 data at input byte " + i);
            }
        }
        if (written.length() % 4 == 1) {
            throw invalid("illegal base64 data at input byte " + (written.length() - 1));
        }
        return Base64.getUrlDecoder().decode(written);
    }

    private static JsonNode json(byte[] bytes) {
        try {
            JsonNode token = Json.MAPPER.readTree(bytes);
            if (token.isObject()) {
                return token;
            }
        } catch (JacksonException notJson) {
            if (bytes.length > 0 && bytes[0] == '{') {
                throw invalid("unexpected end of JSON input");
            }
        }
        throw invalid("invalid character '" + (char) (bytes[0] & 0xff) + "' looking for beginning of value");
    }

    private static StatusException invalid(String why) {
        return StatusException.badRequest("invalid continue token: continue key is not valid: " + why);
    }
}
