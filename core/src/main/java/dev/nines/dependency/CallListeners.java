package dev.nines.dependency;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Those who hear of each call. Thread-safe; a failure of one reaches neither the call nor the others. */
final class CallListeners {

  private static final System.Logger LOG = System.getLogger("dev.nines.dependency");

  private volatile CallListener[] listeners = {};
  private final LongAdder failures = new LongAdder();

  synchronized void add(CallListener listener) {
    CallListener[] longer = Arrays.copyOf(listeners, listeners.length + 1);
    longer[listeners.length] = listener;
    listeners = longer;
  }

  void tell(CompletedCall call) {
    for (CallListener listener : listeners) {
      try {
        listener.ended(call);
      } catch (RuntimeException | LinkageError e) {
        failed(e);
      }
    }
  }

  long failures() {
    return failures.sum();
  }

  private void failed(Throwable e) {
    if (failures.sum() == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A call listener failed; further failures are only counted",
          e);
    }
    failures.increment();
  }
}
