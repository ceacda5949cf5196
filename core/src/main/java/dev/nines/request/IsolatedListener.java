package dev.nines.request;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A listener whose failures end here: the first is logged, all are counted, none reaches the request or its neighbours. */
final class IsolatedListener {

  private static final System.Logger LOG = System.getLogger("dev.nines.request");

  private final RequestListener listener;
  private final LongAdder failures;
  private final AtomicBoolean logged = new AtomicBoolean();

  IsolatedListener(RequestListener listener, LongAdder failures) {
    this.listener = listener;
    this.failures = failures;
  }

  boolean hearsStarts() {
    return listener instanceof RequestStartListener;
  }

  void started(Exchange exchange) {
    try {
      ((RequestStartListener) listener).started(exchange);
    } catch (
        Throwable
            e) { // an Error of a listener, such as a missing class, is no reason to fail a request
      // either
      failed(e);
    }
  }

  void ended(Exchange exchange) {
    try {
      listener.ended(exchange);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable thrown) {
    failures.increment();
    if (logged.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Request listener " + listener.getClass().getName()
              + " failed; its further failures are only counted",
          thrown);
    }
  }
}
