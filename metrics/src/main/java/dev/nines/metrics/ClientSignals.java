package dev.nines.metrics;

import dev.nines.dependency.CallListener;
import dev.nines.dependency.CompletedCall;
import dev.nines.dependency.Guard;
import dev.nines.request.HttpMethod;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Times the guarded calls. Calls whose body was never run took no time of the dependency's: they are left to
 * {@code nines_calls_total}, for in a histogram they would pass for the fastest of all. Thread-safe.
 */
final class ClientSignals implements CallListener {

  private final DurationTimers timers;
  private final ErrorTypes errorTypes;
  private volatile @Nullable DependencyTimers[] byGuard = {};

  ClientSignals(DurationTimers timers, ErrorTypes errorTypes) {
    this.timers = timers;
    this.errorTypes = errorTypes;
  }

  @Override
  public void ended(CompletedCall call) {
    if (!call.outcome().called()) {
      return;
    }
    DependencyTimers dependency = of(call.guard());
    HttpMethod method = call.method();
    if (method == null) {
      dependency.other(call);
    } else {
      dependency.http(method, call, errorTypes.bounded(call.errorType()));
    }
  }

  private DependencyTimers of(Guard guard) {
    @Nullable DependencyTimers[] known = byGuard;
    int index = guard.index();
    @Nullable DependencyTimers found = index < known.length ? known[index] : null;
    return found != null ? found : add(guard);
  }

  private synchronized DependencyTimers add(Guard guard) {
    int index = guard.index();
    @Nullable
    DependencyTimers[] grown = Arrays.copyOf(byGuard, Math.max(byGuard.length, index + 1));
    if (grown[index] == null) {
      grown[index] = new DependencyTimers(guard, timers);
    }
    byGuard = grown;
    return grown[index];
  }
}
