package dev.nines.dependency;

import static dev.nines.dependency.SimulatedBreaker.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Guard.BreakerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pictures of {@code docs/resilience.md} are what the simulation says now. */
class ResiliencePicturesTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final String REGENERATE =
      "mvn -o -pl core test -Dtest=ResiliencePicturesTest -Dnines.docs.write=true";
  private static final Duration TENTH = Duration.ofMillis(100);

  private enum Picture {
    OPENING("resilience-opening.svg", ResiliencePicturesTest::opening),
    RECOVERY("resilience-recovery.svg", ResiliencePicturesTest::recovery),
    PROBES("resilience-probes.svg", ResiliencePicturesTest::probes);

    private final String file;
    private final Supplier<String> drawn;

    Picture(String file, Supplier<String> drawn) {
      this.file = file;
      this.drawn = drawn;
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePictureIsCurrent(Picture picture) throws IOException {
    Path file = DOCS.resolve(picture.file);
    String current = picture.drawn.get();
    if (Boolean.getBoolean("nines.docs.write")) {
      Files.writeString(file, current);
    }
    assertThat(Files.readString(file))
        .as("%s is out of date; run: %s", file, REGENERATE)
        .isEqualTo(current);
  }

  /** How long it takes to open, from a full healthy window, by the share of calls that fail from then on. */
  private static String opening() {
    LinePlot plot = new LinePlot(
        "Time to open at 10 calls a second, from a healthy window (median of 41 runs)",
        "calls that fail, %",
        "seconds",
        100,
        30);
    plot.line("required, threshold 50 %", openings(true));
    plot.line("optional, threshold 20 %", openings(false));
    return plot.svg();
  }

  private static List<double[]> openings(boolean required) {
    List<double[]> points = new ArrayList<>();
    for (int percent = 20; percent <= 100; percent += 2) {
      double seconds = median(required, percent / 100.0);
      if (seconds <= 30) {
        points.add(new double[] {percent, seconds});
      }
    }
    return points;
  }

  private static double median(boolean required, double failing) {
    List<Double> runs = new ArrayList<>();
    for (int seed = 0; seed < 41; seed++) {
      SimulatedBreaker it = SimulatedBreaker.of(required, "0.001", 10, seed);
      it.during(Duration.ofSeconds(60), failing(0.001));
      long calls = it.callsUntil(BreakerState.OPEN, 600, failing(failing));
      runs.add(calls * TENTH.toMillis() / 1000.0);
    }
    runs.sort(null);
    return runs.get(20);
  }

  /** How long after its dependency a breaker is back, as the share of recoveries that took no longer. */
  private static String recovery() {
    LinePlot plot = new LinePlot(
        "Back after its dependency, at one call a second (1,000 outages of 30 s to 17 min)",
        "seconds after the recovery",
        "recoveries, %",
        60,
        100);
    List<Double> times = new ArrayList<>();
    for (int seed = 0; seed < 1000; seed++) {
      SimulatedBreaker it = SimulatedBreaker.of(true, "0.001", 1, seed);
      it.callsUntil(BreakerState.OPEN, 100, failing(1));
      it.during(Duration.ofSeconds(30 + seed), failing(1));
      times.add((double) it.callsUntil(BreakerState.CLOSED, 1000, failing(0)));
    }
    plot.line("closed again", shares(times));
    return plot.svg();
  }

  private static List<double[]> shares(List<Double> times) {
    List<double[]> points = new ArrayList<>();
    for (int second = 0; second <= 60; second++) {
      int limit = second;
      long within = times.stream().filter(time -> time <= limit).count();
      points.add(new double[] {second, 100.0 * within / times.size()});
    }
    return points;
  }

  /** When a hundred instances that opened together send their trial calls. */
  private static String probes() {
    LinePlot plot = new LinePlot(
        "Trial calls of 100 instances that opened together, while the dependency stays down",
        "seconds after the outage began",
        "trial calls a second",
        120,
        40);
    int[] inSecond = new int[121];
    for (int instance = 0; instance < 100; instance++) {
      SimulatedBreaker it = SimulatedBreaker.of(true, "0.001", 10, instance);
      it.callsUntil(BreakerState.OPEN, 100, failing(1));
      while (it.elapsed().toSeconds() < inSecond.length - 1) {
        if (it.call(failing(1))) {
          inSecond[(int) it.elapsed().toSeconds()]++;
        }
      }
    }
    List<double[]> points = new ArrayList<>();
    for (int second = 0; second < inSecond.length - 1; second++) {
      points.add(new double[] {second, inSecond[second]});
    }
    plot.line("with jitter of ± 50 %", points);
    return plot.svg();
  }
}
