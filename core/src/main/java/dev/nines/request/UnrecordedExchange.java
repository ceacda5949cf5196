package dev.nines.request;

import dev.nines.trace.Entrance;
import dev.nines.trace.Traceparent;
import dev.nines.trace.UnrecordedSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A request whose span nobody records, and that span. Its ids become text when somebody asks for them first, and then stay
 * what they are.
 */
final class UnrecordedExchange extends Exchange implements UnrecordedSpan {

  /** Of few requests: the parent of all others is the root. */
  private static final RequestLocal<Context> PARENT = new RequestLocal<>();

  private final @Nullable String caller;
  private final boolean sampled;
  private volatile @Nullable Ids ids;

  /**
   * Makes one.
   *
   * @param parent what came with the request besides its place in the trace
   * @param caller as {@link Traceparent} reads it; null if the trace begins here
   * @param sampled whether the trace is, although no span is recorded here
   */
  UnrecordedExchange(
      Requests requests,
      Route route,
      HttpMethod method,
      long startNanos,
      Context parent,
      @Nullable String caller,
      boolean sampled) {
    super(requests, route, method, startNanos);
    if (parent != Context.root()) {
      PARENT.set(this, parent);
    }
    this.caller = caller;
    this.sampled = sampled;
  }

  @Override
  public Context context() {
    return this;
  }

  @Override
  public Span span() {
    return this;
  }

  @Override
  public boolean isUnrecorded() {
    return true;
  }

  @Override
  public Context parent() {
    Context known = PARENT.get(this);
    return known == null ? Context.root() : known;
  }

  @Override
  Context callersContext() {
    return caller == null ? parent() : Entrance.within(parent(), caller);
  }

  @Override
  public ContextKey<Exchange> ownKey() {
    return KEY;
  }

  /** Draws no span's id with it, which the calls of a request have no use for. */
  @Override
  public String getTraceId() {
    Ids known = ids;
    return known == null && caller != null ? Traceparent.traceId(caller) : ids().trace();
  }

  @Override
  public String getSpanId() {
    return ids().span();
  }

  private Ids ids() {
    Ids known = ids;
    return known != null ? known : drawIds();
  }

  private synchronized Ids drawIds() {
    Ids known = ids;
    if (known == null) {
      String trace = caller == null ? requests().newTraceId(sampled) : Traceparent.traceId(caller);
      known = new Ids(trace, IdGenerator.random().generateSpanId());
      ids = known;
    }
    return known;
  }

  @Override
  public TraceFlags getTraceFlags() {
    return Traceparent.flags(caller, sampled);
  }

  @Override
  public boolean isSampled() {
    return sampled;
  }

  private record Ids(String trace, String span) {}
}
