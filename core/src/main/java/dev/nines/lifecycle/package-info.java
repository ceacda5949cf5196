/**
 * Where an instance stands, and the order in which it stops.
 *
 * <p>{@link dev.nines.lifecycle.Lifecycle} holds the state: starting, ready, draining, stopped. Readiness may depend on
 * more (a required dependency, say), which is added as a condition that only reads memory.
 * {@link dev.nines.lifecycle.StartUp} moves it to ready: what the instance cannot start without is waited for, then warm-ups
 * run, all within {@code lifecycle.start}.
 * {@link dev.nines.lifecycle.GracefulShutdown} moves it to its end: unready at once, a wait until balancers have seen it,
 * no more requests, a drain of those under way, then what requests needed, telemetry and the admin server are closed,
 * all within the platform's grace.
 *
 * <pre>{@code
 * GracefulShutdown shutdown = new GracefulShutdown(lifecycle, timings, requests::active, time, events);
 * shutdown.closeOnJvmExit();
 * shutdown.onClose(CloseStage.DRAINED, "orders-db pool", pool);
 * shutdown.onClose(CloseStage.LAST, "admin server", admin);
 * lifecycle.advance(Lifecycle.State.READY);
 * }</pre>
 */
@NullMarked
package dev.nines.lifecycle;

import org.jspecify.annotations.NullMarked;
