/**
 * One request's life. An adapter calls {@link dev.nines.request.Requests#begin}, makes the
 * {@link dev.nines.request.Exchange}'s context current while the handler runs, and ends it once, from any thread, with what
 * the client saw. Listeners hear of it in a fixed order: budget, metrics, logging, the user's.
 *
 * <pre>{@code
 * Exchange exchange = requests.begin(HttpMethod.of("GET"), routes.route("/orders/{id}"), headers, getter);
 * try (Scope scope = exchange.context().makeCurrent()) {
 *   exchange.end(serve());
 * } catch (RuntimeException e) {
 *   exchange.fail(500, e);
 * }
 * }</pre>
 *
 * <p>What is counted: {@link dev.nines.request.Outcome}. What a client sends never makes a route: see
 * {@link dev.nines.request.RouteTable}.
 */
@NullMarked
package dev.nines.request;

import org.jspecify.annotations.NullMarked;
