/**
 * OpenTelemetry's set-up ({@link dev.nines.trace.Tracing}), W3C propagation, and context across threads
 * ({@link dev.nines.trace.ContextPropagation}).
 *
 * <p>Trace context is W3C's, level 2. What a caller sends is read strictly, in one pass and without exceptions: what isn't
 * valid starts a new trace. At most 512 characters of {@code tracestate} are handed on, whole members, those over 128
 * characters given up first, then the last ones.
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
