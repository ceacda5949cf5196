package dev.nines.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Stacks side by side: all are up, each is warmed up, then they take turns, so that what changes on the machine meanwhile
 * changes all of them.
 */
final class Comparison {

  private final List<Stack> stacks;
  private final Duration warmUp;
  private final Duration round;
  private final int rounds;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<String, Footprint> footprints = new LinkedHashMap<>();

  Comparison(List<Stack> stacks, Duration warmUp, Duration round, int rounds) {
    this.stacks = List.copyOf(stacks);
    this.warmUp = warmUp;
    this.round = round;
    this.rounds = rounds;
  }

  void run() throws IOException {
    List<RunningStack> running = new ArrayList<>();
    Map<String, Double> resident = new LinkedHashMap<>();
    try {
      for (Stack stack : stacks) {
        RunningStack up = RunningStack.start(stack);
        running.add(up);
        try (Readings readings = up.readings()) {
          resident.put(stack.name(), readings.residentMegabytes());
        }
      }
      for (RunningStack stack : running) {
        System.err.println("warming " + stack.stack().name());
        Wrk.flood(stack.target(), warmUp);
      }
      for (int i = 1; i <= rounds; i++) {
        System.err.println("round " + i + " of " + rounds);
        for (RunningStack stack : running) {
          Sample sample = measure(stack);
          System.err.printf(
              Locale.ROOT,
              "  %s: %.0f req/s, p99 %.2f ms%n",
              stack.stack().name(),
              sample.requestsPerSecond(),
              sample.p99Millis());
          samples.computeIfAbsent(stack.stack().name(), n -> new ArrayList<>()).add(sample);
        }
      }
      for (RunningStack stack : running) {
        try (Readings readings = stack.readings()) {
          String name = stack.stack().name();
          footprints.put(
              name,
              new Footprint(stack.startMillis(), resident.get(name), readings.residentMegabytes()));
        }
      }
    } finally {
      running.forEach(RunningStack::close);
    }
  }

  private Sample measure(RunningStack stack) throws IOException {
    try (Readings readings = stack.readings()) {
      Readings.Used before = readings.used();
      Wrk.Answered answered = Wrk.flood(stack.target(), round);
      Readings.Used after = readings.used();
      return new Sample(
          answered.perSecond(),
          answered.p99Millis(),
          (after.cpuNanos() - before.cpuNanos()) / 1e3 / answered.requests(),
          (double) (after.bytes() - before.bytes()) / answered.requests());
    }
  }

  List<String> names() {
    return stacks.stream().map(Stack::name).toList();
  }

  /** Returns the median of the rounds. */
  double median(String stack, ToDoubleFunction<Sample> value) {
    double[] sorted = samples.get(stack).stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  Footprint footprint(String stack) {
    return footprints.get(stack);
  }

  /** Returns a table whose first stack is what the others are compared with. */
  String table() {
    StringBuilder text = new StringBuilder("""
        | stack | req/s | of the first | p99 ms | CPU µs/request | bytes/request | start ms | MB at start | MB after load |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|
        """);
    double first = median(names().get(0), Sample::requestsPerSecond);
    for (String name : names()) {
      double rate = median(name, Sample::requestsPerSecond);
      Footprint footprint = footprint(name);
      text.append(String.format(
          Locale.ROOT,
          "| %s | %.0f | %.2f | %.2f | %.1f | %.0f | %.0f | %.0f | %.0f |%n",
          name,
          rate,
          rate / first,
          median(name, Sample::p99Millis),
          median(name, Sample::cpuMicros),
          median(name, Sample::bytes),
          footprint.startMillis(),
          footprint.residentMegabytes(),
          footprint.loadedMegabytes()));
    }
    return text.toString();
  }
}
