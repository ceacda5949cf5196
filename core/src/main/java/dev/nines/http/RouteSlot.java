package dev.nines.http;

import dev.nines.request.Route;
import org.jspecify.annotations.Nullable;

/**
 * A declared template and the route that it became.
 *
 * @param route null if the table of routes was full; its requests are folded, and counted
 */
record RouteSlot(@Nullable Route route) {}
