/**
 * Logs as JSON lines: one event, one line, whatever it holds.
 *
 * <p>{@link dev.nines.logging.JsonLogging#toStdout()} is the one call. What was logged through SLF4J then reads:
 *
 * <pre>{@code
 * {"timestamp":"2026-11-21T17:00:00.123456Z","level":"INFO","message":"GET /orders/{id} 200","logger":"access",
 *  "thread":"http-3","service":"checkout","version":"1.4.2","environment":"production","instance":"checkout-7d9f",
 *  "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","event_type":"http_request",
 *  "method":"GET","route":"/orders/{id}","path":"/orders/7","status":200,"outcome":"success","duration_ms":12.345,
 *  "request_bytes":0,"response_bytes":512,"client":"192.0.2.7","slo_broken":false}
 * }</pre>
 *
 * <p>(One line; broken here to be read.) {@code trace_id} and {@code span_id} are those of OpenTelemetry's current context
 * on the thread that logs, and absent outside of a trace; {@code event_type} is there for {@link dev.nines.logging.Events},
 * for requests and for what core tells; an exception adds {@code error_type}, {@code error_message}, {@code stack_trace},
 * root cause first with at most 64 frames for each exception, those shared with its wrapper only counted, and
 * {@code stack_hash}, which is the same for failures of one kind: into it go the classes of the exceptions and the classes
 * and methods of their frames, neither messages nor line numbers nor what the JVM numbers as it runs.
 * {@link dev.nines.logging.RequestLog} says what is logged of requests, and of which.
 * {@link dev.nines.logging.JsonLogging#ecs()} names all of it as Elastic Common Schema does; see
 * {@link dev.nines.logging.Layout}.
 *
 * <ul>
 *   <li>Key-value pairs, logstash-logback-encoder's structured arguments and markers, and MDC become fields. A name that is
 *       taken gets {@code field_} before it, one from MDC {@code ctx_}: no two fields of a line share a name.
 *   <li>A value that can't be written becomes a text that says so. Lines stay below 64 KiB; what is cut ends in
 *       {@code … [cut]}, and fields that find no room are counted in {@code fields_omitted}.
 *   <li>Values of fields named like secrets read {@code [REDACTED]}, in texts too, as in {@code password=…}; so do secrets
 *       known by their shape, wherever they stand: HTTP credentials, JWT, keys of AWS, Google, GitHub, Slack and Stripe,
 *       PEM private keys, passwords in URLs, card numbers, and, if asked for, e-mail addresses and IBANs.
 *   <li>A line is written by a thread of its own, behind a bounded buffer, and says what was so when it was logged. INFO and
 *       below is dropped, counted and told when the buffer is full; WARN and above has a reserve, and all that was logged is
 *       out when the process ends: see {@link dev.nines.logging.JsonAppender}. The same at WARN and above is limited:
 *       {@link dev.nines.logging.JsonLogging#stormLimit}. {@link dev.nines.logging.JsonLogging#synchronous()} waits for each
 *       line; {@link dev.nines.logging.CaptureContext} serves a user's own asynchronous appender.
 * </ul>
 *
 * <p>What is logged before the service starts has Logback's own form. In a {@code logback.xml} of the user's own, one line
 * does the same from the first event on, and keeps whatever else stands there:
 *
 * <pre>{@code
 * <include resource="dev/nines/logging/nines.xml"/>
 * }</pre>
 */
@NullMarked
package dev.nines.logging;

import org.jspecify.annotations.NullMarked;
