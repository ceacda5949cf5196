/**
 * The service's own metrics, {@code nines.metrics()}: counters, gauges and timers that are declared once, checked against
 * Prometheus' rules when they are, and then recorded without a look-up.
 *
 * <pre>{@code
 * ServiceMetrics metrics = nines.metrics();
 * Counter placed = metrics.counter("orders_placed", Unit.COUNT, "Orders that were accepted.").register();
 * Family<Counter> refused = metrics
 *     .counter("orders_refused", Unit.COUNT, "Orders that were refused.")
 *     .by(Label.of("reason", "stock", "payment"));
 * Counter outOfStock = refused.with("stock"); // resolved once, and kept
 * metrics.gauge("active_users", Unit.COUNT, "Users with a session.").register().follow(sessions::size);
 * Timer picking = metrics.timer("order_picking", "Time to pick an order.").register();
 *
 * placed.increment();
 * long begun = picking.begin();
 * picking.end(begun);
 * }</pre>
 *
 * <p>They can be had from a {@code Nines} that was started, as guards can, and within a feature's {@code install}. The
 * metrics module shows them; without it, counters and gauges can be read from the handles and from
 * {@link dev.nines.telemetry.Instruments}, and timers show nothing.
 *
 * <p>What is wrong with a declaration is refused when it is made. Recording never throws: what cannot be counted, such as a
 * counter's fall, is left out and counted in {@code nines_telemetry_dropped_total{signal="measurements"}}.
 */
@NullMarked
package dev.nines.meter;

import org.jspecify.annotations.NullMarked;
