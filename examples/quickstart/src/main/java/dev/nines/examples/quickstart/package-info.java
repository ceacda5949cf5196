/**
 * An order service to run, break and watch: what a service looks like that stands on Nines.
 *
 * <p>Read {@code Quickstart} first: it declares the service and puts it together. A request
 * comes in at the {@code Router}, is served by one of the handlers, and leans on two dependencies: PostgreSQL, reached
 * through {@code OrderStore}, and the payments service, reached through {@code PaymentsClient}. Both can be broken for
 * real: {@code POST /chaos/payments?mode=down} and {@code POST /chaos/orders-db?mode=down}.
 */
@NullMarked
package dev.nines.examples.quickstart;

import org.jspecify.annotations.NullMarked;
