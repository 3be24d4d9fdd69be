package dev.shiplog.kubernetes;

/**
 * How much of one cluster may be in hand at once.
 *
 * @param requests under way, watches not counted; the others wait in turn, so that connections don't grow with applications
 * @param changes that its watches have read and the gateway has not taken in; then they read no further, and the API
 *     server keeps what it has to tell, or ends the watch, which begins anew
 */
public record GatewayLimits(int requests, int changes) {

    public static final GatewayLimits USUAL = new GatewayLimits(64, 1_000);

    public GatewayLimits {
        if (requests < 1 || changes < 1) {
            throw new IllegalArgumentException("a cluster needs at least one request and one change in hand: "
                    + requests + " requests, " + changes + " changes");
        }
    }
}
