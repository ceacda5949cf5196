package dev.nines.logging;

import dev.nines.telemetry.ServiceIdentity;
import org.jspecify.annotations.Nullable;

/** An event of {@link Events}: names and values in turn, perhaps with an exception behind them. */
record CallerEvent(String eventType, Object... namesAndValues) implements LineFields {

  private static final String NO_VALUE = "[no value]";

  CallerEvent {
    namesAndValues =
        namesAndValues.clone(); // the line may be written after the caller has changed its array
  }

  @Override
  public @Nullable ServiceIdentity service() {
    return null;
  }

  /** Returns the exception that stands where one more name would, or null. */
  @Nullable
  Throwable thrown() {
    int last = namesAndValues.length - 1;
    return last % 2 == 0 && namesAndValues[last] instanceof Throwable thrown ? thrown : null;
  }

  @Override
  public void writeTo(Line line) {
    int end = namesAndValues.length - (thrown() == null ? 0 : 1);
    for (int at = 0; at < end; at += 2) {
      line.field(
          Values.string(namesAndValues[at]), at + 1 < end ? namesAndValues[at + 1] : NO_VALUE);
    }
  }

  @Override
  public int weight() {
    int sum = 0;
    for (Object nameOrValue : namesAndValues) {
      sum = Fixed.plus(sum, nameOrValue);
    }
    return sum;
  }

  @Override
  public LineFields fixed(DebugFields values) {
    Object[] fixed = namesAndValues.clone();
    for (int at = 0; at < fixed.length; at++) {
      String name = at % 2 == 0 ? "" : Values.string(fixed[at - 1]);
      fixed[at] = fixed[at] instanceof Throwable ? fixed[at] : values.fixed(name, fixed[at]);
    }
    return new CallerEvent(eventType, fixed);
  }

  @Override
  public String toString() {
    return eventType;
  }
}
