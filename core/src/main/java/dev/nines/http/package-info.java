/**
 * Adapters that open and end an exchange for each request, and guard outgoing calls.
 *
 * <pre>{@code
 * HttpServer server = nines.http().install(HttpServer.create(address, 0), Routes.of("GET /orders/{id}", "POST /orders"));
 * server.createContext("/orders", new Orders());
 * }</pre>
 *
 * <p>The server and its users' filters and handlers work as before; what they see of a request are views that tell
 * {@link dev.nines.request.Exchange} when the answer is over, and how:
 *
 * <ul>
 *   <li>success, client error, server error: by the status that was sent; no answer at all is a server error;
 *   <li>a handler that throws: a server error with the exception's type, and a 500 without details if nothing was sent;
 *   <li>client abort: a read or write <em>of the client's own streams</em> failed;
 *   <li>rejected: refused with 503 while the service drains.
 * </ul>
 *
 * <p>The client's address is the peer's; that of a header counts only behind {@link dev.nines.http.TrustedProxies}.
 */
@NullMarked
package dev.nines.http;

import org.jspecify.annotations.NullMarked;
