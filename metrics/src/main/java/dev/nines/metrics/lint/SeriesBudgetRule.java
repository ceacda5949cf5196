package dev.nines.metrics.lint;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The declared maximum of series is near, or was passed. */
final class SeriesBudgetRule implements Rule {

  private static final double NEAR = 0.8;
  private static final int LARGEST = 3;

  @Override
  public void check(Exposure exposure, Consumer<Finding> found) {
    boolean spent = exposure.refused() > 0;
    if (!spent && exposure.series() < NEAR * exposure.maxSeries()) {
      return;
    }
    List<ExposedFamily> largest = exposure.families().stream()
        .sorted(Comparator.comparingInt(ExposedFamily::series).reversed())
        .limit(LARGEST)
        .toList();
    for (ExposedFamily family : largest) {
      found.accept(new Finding(
          "series-budget",
          family.name(),
          spent ? Severity.ERROR : Severity.WARNING,
          family.series() + " of " + exposure.series() + " series are its own; the maximum is "
              + exposure.maxSeries()
              + (spent ? ", and " + exposure.refused() + " did not fit." : "."),
          "Bound its labels more closely, or raise GoldenSignals.maxSeries."));
    }
  }
}
