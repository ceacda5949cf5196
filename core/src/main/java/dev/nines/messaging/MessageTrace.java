package dev.nines.messaging;

import dev.nines.dependency.Action;
import dev.nines.dependency.Body;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traces of the messages of one destination, on either side of the broker.
 *
 * <p>Whoever processes a message goes on with its sender's trace: the span of the processing is a child of the sender's, and
 * linked to it. One that processes a batch cannot be the child of many, and is only linked to each. What a message says of its
 * trace is read as strictly as a request's headers; one that says nothing valid begins a trace, or goes on with the current one.
 *
 * <p>Tracing never harms a message: what fails in it is counted as a lost span. What the caller's own code throws arrives
 * unchanged, and the span says so.
 *
 * <p>Immutable and thread-safe, if the {@link MessageHeaders} are.
 *
 * @param <M> what has headers
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">OpenTelemetry: messaging spans</a>
 */
public final class MessageTrace<M> {

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.name");
  private static final AttributeKey<String> OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");
  private static final AttributeKey<Long> BATCH =
      AttributeKey.longKey("messaging.batch.message_count");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final String SEND = "send";
  private static final String PROCESS = "process";

  private final Tracing tracing;
  private final String system;
  private final String destination;
  private final HeaderAccess<M> headers;

  private MessageTrace(
      Tracing tracing, String system, String destination, HeaderAccess<M> headers) {
    this.tracing = tracing;
    this.system = system;
    this.destination = destination;
    this.headers = headers;
  }

  /**
   * Returns the traces of a destination.
   *
   * @param system OpenTelemetry's name of the broker's kind: {@code kafka}, {@code rabbitmq}, {@code activemq}
   * @param destination the topic or queue, as a name of few: it is in the name of each span
   */
  public static <M> MessageTrace<M> of(
      Tracing tracing, String system, String destination, MessageHeaders<M> headers) {
    return new MessageTrace<>(tracing, system, destination, new HeaderAccess<>(headers));
  }

  /**
   * Sends a message: opens a producer's span, writes its context into the message, and runs {@code sending}, which hands it to
   * the client library. The span ends when that returns.
   *
   * @throws X what {@code sending} throws, unchanged
   */
  public <T extends @Nullable Object, X extends Exception> T send(M message, Body<T, X> sending)
      throws X {
    Context current = Context.current();
    Span span = start(SEND, SpanKind.PRODUCER, current, List.of(), 1);
    Context context = within(current, span);
    inject(context, message);
    return run(context, span, sending);
  }

  /** Writes the current trace context into a message, without a span of its own: for code that has one already. */
  public void inject(M message) {
    inject(Context.current(), message);
  }

  /**
   * Processes a message: opens a consumer's span within the sender's trace, and makes it current while {@code handler} runs.
   *
   * @throws X what {@code handler} throws, unchanged
   */
  public <X extends Exception> void process(M message, Action<X> handler) throws X {
    Context sender = tracing.extract(message, headers);
    boolean told = Span.fromContext(sender).getSpanContext().isValid();
    Context parent = told ? sender : Context.current();
    run(
        parent,
        start(PROCESS, SpanKind.CONSUMER, parent, told ? List.of(sender) : List.of(), 1),
        handler);
  }

  /**
   * Processes several messages at once: opens one consumer's span in the current trace, linked to each sender's, and makes it
   * current while {@code handler} runs. OpenTelemetry's SDK keeps 128 links of a span, unless told otherwise.
   *
   * @throws X what {@code handler} throws, unchanged
   */
  public <X extends Exception> void processAll(Collection<? extends M> messages, Action<X> handler)
      throws X {
    Context current = Context.current();
    List<Context> senders =
        messages.stream().map(message -> tracing.extract(message, headers)).toList();
    run(current, start(PROCESS, SpanKind.CONSUMER, current, senders, messages.size()), handler);
  }

  private <X extends Exception> void run(Context parent, Span span, Action<X> handler) throws X {
    this.<@Nullable Void, X>run(within(parent, span), span, () -> {
      handler.run();
      return null;
    });
  }

  private <T extends @Nullable Object, X extends Exception> T run(
      Context context, Span span, Body<T, X> body) throws X {
    T result;
    try (Scope scope = context.makeCurrent()) {
      result = body.run();
    } catch (Throwable thrown) {
      end(span, thrown);
      throw thrown;
    }
    end(span, null);
    return result;
  }

  /** Returns {@code parent} itself if there is no span to be had, so that the trace goes on beyond it. */
  private static Context within(Context parent, Span span) {
    return span.getSpanContext().isValid() ? parent.with(span) : parent;
  }

  private void inject(Context context, M message) {
    try {
      tracing.propagator().inject(context, message, headers);
    } catch (RuntimeException e) { // the user's headers and propagators run in there
      tracing.spanFailed(e);
    }
  }

  private Span start(
      String operation, SpanKind kind, Context parent, List<Context> senders, int messages) {
    try {
      SpanBuilder builder = tracing
          .tracer()
          .spanBuilder(operation + " " + destination)
          .setSpanKind(kind)
          .setParent(parent)
          .setAttribute(SYSTEM, system)
          .setAttribute(DESTINATION, destination)
          .setAttribute(OPERATION, operation)
          .setAttribute(OPERATION_TYPE, operation);
      for (Context sender : senders) {
        SpanContext link = Span.fromContext(sender).getSpanContext();
        builder.addLink(link); // an invalid one is none
      }
      if (messages > 1) {
        builder.setAttribute(BATCH, (long) messages);
      }
      return builder.startSpan();
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      tracing.spanFailed(e);
      return Span.getInvalid();
    }
  }

  private void end(Span span, @Nullable Throwable thrown) {
    try {
      if (thrown != null) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(ERROR, thrown.getClass().getName());
      }
      span.end();
    } catch (RuntimeException e) { // the user's processors run in there
      tracing.spanFailed(e);
    }
  }
}
