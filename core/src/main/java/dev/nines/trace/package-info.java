/**
 * OpenTelemetry's set-up ({@link dev.nines.trace.Tracing}), W3C propagation, and context across threads
 * ({@link dev.nines.trace.ContextPropagation}).
 *
 * <p>Spans leave through OTLP over HTTP when the standard {@code OTEL_*} variables name an endpoint, in batches that a
 * thread of their own sends: a receiver that is down, slow or refusing costs spans, which are counted, and never a request.
 *
 * <pre>{@code
 * ExecutorService pool = ContextPropagation.wrap(Executors.newFixedThreadPool(8));
 * pool.submit(() -> log.info("has the trace id of the request that submitted it"));
 * }</pre>
 */
@NullMarked
package dev.nines.trace;

import org.jspecify.annotations.NullMarked;
