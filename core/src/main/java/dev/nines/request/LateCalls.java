package dev.nines.request;

import dev.nines.trace.LateSpan;
import dev.nines.trace.LateSpans;
import java.util.ArrayList;
import java.util.List;

/** The calls of one request that may have to be told of later. Thread-safe. */
final class LateCalls {

  private static final int USUAL = 2;

  private List<LateSpan> calls = new ArrayList<>(USUAL);

  synchronized void add(LateSpan call) {
    if (calls.size() < LateSpans.MOST_CALLS) {
      calls.add(call);
    }
  }

  synchronized List<LateSpan> take() {
    List<LateSpan> taken = calls;
    calls = List.of();
    return taken;
  }
}
