package dev.nines.metrics.watch;

import java.util.function.ToDoubleFunction;

/**
 * What was found last of something that is read in the background. Reading it here costs no more than memory. Thread-safe.
 *
 * @param <T> what one reading finds
 */
public interface Sampling<T> {

  /** Returns a gauge's value; NaN while nothing is known, or nothing fresh: the last three readings failed or hang. */
  double gauge(ToDoubleFunction<? super T> reading);

  /** Returns a counter's value; what cannot be read stays where it stood, at 0 before the first time. */
  double counter(ToDoubleFunction<? super T> reading);
}
