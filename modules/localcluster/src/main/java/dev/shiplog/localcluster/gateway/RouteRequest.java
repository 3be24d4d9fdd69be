package dev.shiplog.localcluster.gateway;

import java.util.Map;

/**
 * What a rule of a route looks at in a request.
 *
 * @param path from the first slash that is the route's own: {@code /version}
 * @param headers by their names in small letters
 */
public record RouteRequest(String method, String path, Map<String, String> headers, Map<String, String> query) {}
