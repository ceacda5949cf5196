package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.TraceRules;
import java.util.Locale;
import java.util.Map;

/** Explains what becomes of traces. */
public final class TraceRows {

  /** The row that tells how many broken requests are kept. */
  private static final String KEEP = "traces.keepBroken";

  private TraceRows() {}

  static void explain(Rows rows, ReliabilityTargets targets) {
    TraceRules traces = targets.traces();
    rows.add(
        "traces.trust",
        traces.trust() == TraceRules.Trust.NONE
            ? "nobody: each request begins a trace, and links the caller's"
            : "callers",
        "as declared",
        Sources.TRACE_CONTEXT,
        "traces.trust",
        traces.trust().name().toLowerCase(Locale.ROOT));
    String most = traces.keepBroken().toPlainString() + "/s";
    rows.add(
        KEEP,
        "≤ " + most,
        "requests that broke a target and that head sampling left out, as declared; by default the exporter's queue of 2048"
            + " spans ÷ 5 s ÷ (1 + 32 calls), rounded down",
        Sources.OURS,
        KEEP,
        most);
  }

  /** Returns the row that says why broken requests are not kept. */
  public static Derived notKept(String why) {
    return new Derived(KEEP, "off", why, Map.of(), Sources.OURS);
  }
}
