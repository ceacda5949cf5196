package dev.nines.targets;

import java.math.BigDecimal;

/**
 * How traces are begun, kept and told of.
 *
 * @param trust whose word on a request's trace is taken
 * @param keepBroken requests a second that are exported although head sampling left them out, because they broke a target; a
 *     whole number from 0 to 1,000. By default 10: as many as the exporter's queue of 2,048 spans takes in the 5 s between
 *     two batches, with 32 calls each
 * @param traceResponse whether answers say in {@code traceresponse} which trace they belong to
 * @param requestId whether requests have an id of their own: {@code X-Request-Id} of the caller if it is harmless, else a new
 *     one, on answers, log lines and spans
 */
public record TraceRules(
    Trust trust, BigDecimal keepBroken, boolean traceResponse, boolean requestId) {

  private static final BigDecimal MOST = BigDecimal.valueOf(1000);

  /** What is in force where nothing is declared. */
  public static final TraceRules DEFAULT =
      new TraceRules(Trust.CALLERS, BigDecimal.TEN, false, false);

  /** Whose word on a request's trace is taken. */
  public enum Trust {
    /** Everybody's: the caller's trace goes on, and its decision on sampling counts as the sampler says. */
    CALLERS,
    /**
     * Nobody's, for a service that strangers can reach: each request begins a trace, which links the caller's; its baggage
     * and request id are not taken.
     */
    NONE
  }

  public TraceRules {
    if (keepBroken.signum() < 0
        || keepBroken.compareTo(MOST) > 0
        || keepBroken.stripTrailingZeros().scale() > 0) {
      throw Check.invalid(
          "traces.keepBroken",
          keepBroken.toPlainString() + "/s",
          "a whole number from 0/s to 1000/s");
    }
  }

  /** Returns these rules, with trust in nobody. */
  public TraceRules trustingNobody() {
    return new TraceRules(Trust.NONE, keepBroken, traceResponse, requestId);
  }
}
