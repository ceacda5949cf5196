package dev.nines.spring;

import io.opentelemetry.context.Context;
import reactor.util.context.ContextView;

/** OpenTelemetry's context within Reactor's, which goes with a subscription as the other goes with a thread. */
final class ReactiveContext {

  static final String KEY = "dev.nines.context";

  private ReactiveContext() {}

  /** Returns the context of a subscription; where it has none, the thread's. */
  static Context of(ContextView view) {
    return view.getOrDefault(KEY, Context.current());
  }
}
