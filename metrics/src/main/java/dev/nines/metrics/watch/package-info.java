/**
 * Measures what a service leans on: databases, pools, caches, queues, executors, Redis, message brokers. One line binds
 * each, before the service starts:
 *
 * <pre>{@code
 * GoldenSignals signals = GoldenSignals.prometheus();
 * DataSource orders = signals.watch(Watch.jdbc("orders-db", pool));
 * signals.watch(Watch.executor("mailer", executor));
 * Nines nines = Nines.builder("checkout").install(signals).start();
 * }</pre>
 *
 * <p>The pool behind a declared dependency's check is found without that. HTTP clients need nothing here either: a guarded
 * client is measured by its guard.
 *
 * <p>Metrics have OpenTelemetry's names where it has one, bounds that follow from the dependency's share of the promised
 * latency, and as many series as things are watched; each stands in {@link dev.nines.telemetry.Metrics}. Every library
 * that is watched is an optional dependency, whose classes are loaded only by its own method of
 * {@link dev.nines.metrics.watch.Watch}.
 */
@NullMarked
package dev.nines.metrics.watch;

import org.jspecify.annotations.NullMarked;
