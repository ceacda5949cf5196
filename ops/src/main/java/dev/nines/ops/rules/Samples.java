package dev.nines.ops.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The values of one series, a step apart, in promtool's notation. */
final class Samples {

  private static final double STALE = Double.NEGATIVE_INFINITY;

  private final List<Double> values = new ArrayList<>();

  Samples missing(int steps) {
    return each(steps, i -> Double.NaN);
  }

  Samples stale() {
    return each(1, i -> STALE);
  }

  Samples constant(int steps, double value) {
    return each(steps, i -> value);
  }

  Samples each(int steps, IntToDoubleFunction value) {
    for (int i = 0; i < steps; i++) {
      values.add(value.applyAsDouble(i));
    }
    return this;
  }

  /** Returns samples of one value, there and stale whenever these are. */
  Samples likewise(double value) {
    Samples same = new Samples();
    for (double each : values) {
      same.values.add(Double.isNaN(each) || each == STALE ? each : value);
    }
    return same;
  }

  int length() {
    return values.size();
  }

  /** Writes runs of equal differences as {@code a+bxn}. */
  String text() {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < values.size()) {
      int end = runFrom(i);
      text.append(text.isEmpty() ? "" : " ").append(run(i, end));
      i = end;
    }
    return text.toString();
  }

  private int runFrom(int first) {
    int end = first + 1;
    if (end >= values.size() || kind(first) != kind(end)) {
      return end;
    }
    double difference = values.get(end) - values.get(first);
    while (end < values.size()
        && kind(end) == kind(first)
        && (kind(first) != 'v' || values.get(end) - values.get(end - 1) == difference)) {
      end++;
    }
    return end;
  }

  private String run(int first, int end) {
    int more = end - first - 1;
    switch (kind(first)) {
      case '_':
        return "_x" + (more + 1);
      case 's':
        return "stale";
      default:
        double from = values.get(first);
        double difference = more == 0 ? 0 : values.get(first + 1) - from;
        return number(from) + (difference < 0 ? "-" : "+") + number(Math.abs(difference)) + "x"
            + more;
    }
  }

  private char kind(int i) {
    double value = values.get(i);
    return Double.isNaN(value) ? '_' : value == STALE ? 's' : 'v';
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
