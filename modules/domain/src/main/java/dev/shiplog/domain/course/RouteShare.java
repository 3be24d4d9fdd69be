package dev.shiplog.domain.course;

import dev.shiplog.domain.release.ObjectKey;
import java.util.Optional;

/**
 * What a layout has to say about an HTTPRoute that is not the release's own: only the backends of one Service in it, never
 * the rest.
 *
 * @param service whose requests the route is to divide; empty: whatever it divides for this application is to be whole
 * @param weight the canary's share in per cent; empty: as the route's owner wrote it
 */
public record RouteShare(ObjectKey route, Optional<String> service, Optional<Integer> weight) {}
