/**
 * Endpoints free of any server, and the admin server that serves them on a port of its own.
 *
 * <p>An {@link dev.nines.endpoint.Endpoint} is a path and a request that becomes a response.
 * {@link dev.nines.endpoint.EndpointTable} holds those of an instance and keeps the rules that hold for all (exact
 * paths, methods, authorization, failures); any server can be put before it. {@link dev.nines.endpoint.AdminServer} is
 * ours: it stays reachable for probes while hundreds of clients dawdle, since every connection has deadlines that no
 * trickling byte moves.
 *
 * <pre>{@code
 * EndpointTable endpoints = new EndpointTable(events, time);
 * endpoints.add(health);
 * RunningAdminServer running = AdminServer.onPort(8081).start(endpoints, events, time);
 * }</pre>
 */
@NullMarked
package dev.nines.endpoint;

import org.jspecify.annotations.NullMarked;
