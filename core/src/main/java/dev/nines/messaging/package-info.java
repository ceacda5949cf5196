/**
 * Traces across brokers: {@link dev.nines.messaging.MessageTrace} puts the trace context into what is sent, and goes on with it
 * where that is processed. It knows no broker: {@link dev.nines.messaging.MessageHeaders} says how headers are read and written.
 *
 * <pre>{@code
 * MessageTrace<Headers> orders = MessageTrace.of(nines.tracing(), "kafka", "orders", new KafkaHeaders());
 * orders.send(record.headers(), () -> producer.send(record));
 * …
 * orders.process(record.headers(), () -> handle(record));   // logs and calls belong to the sender's trace
 * }</pre>
 */
@NullMarked
package dev.nines.messaging;

import org.jspecify.annotations.NullMarked;
