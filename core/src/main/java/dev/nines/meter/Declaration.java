package dev.nines.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A metric that was named and is not registered yet: end it with {@link #register}, or with {@link #by} where it has
 * labels. The same declaration again gives the same handles; another of the same name is refused.
 *
 * @param <M> {@link Counter}, {@link Gauge} or {@link Timer}
 */
public final class Declaration<M> {

  private final Function<List<Label>, Family<M>> registration;

  Declaration(Function<List<Label>, Family<M>> registration) {
    this.registration = registration;
  }

  /**
   * Registers it without labels.
   *
   * @throws IllegalArgumentException if a name, unit or help breaks a rule, or the name is taken; the text says which
   */
  public M register() {
    return registration.apply(List.of()).with();
  }

  /**
   * Registers it with labels, at most {@value ServiceMetrics#MOST_SERIES} combinations of values. Those that are known
   * beforehand exist from now on, at zero; gauges only once they are asked for.
   *
   * @throws IllegalArgumentException if a name, unit, help or label breaks a rule, the name is taken, or the labels' bounds
   *     multiplied exceed the most
   */
  public Family<M> by(Label first, Label... more) {
    List<Label> labels = new ArrayList<>(List.of(first));
    labels.addAll(List.of(more));
    return registration.apply(labels);
  }
}
