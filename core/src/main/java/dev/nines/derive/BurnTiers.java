package dev.nines.derive;

import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tiers of the burn-rate alerts. The four of Google's workbook stand at 0.9 × their factor, so that a steady burn at
 * the factor surely fires; beside them stand short ones that were tried with promtool: they meet a collapse in a minute,
 * which windows of an hour and more do not. A page of the workbook whose threshold would be half of all requests or more
 * gives way to the collapse tiers.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Google SRE Workbook, chapter 5</a>
 */
final class BurnTiers {

  /** Below as many bad requests in the long window nobody is woken: single failures are no trend at low traffic. */
  static final int MINIMUM_BAD = 5;

  /** The window of a page that lets it clear soon after the failure ends. */
  static final Duration CLEARING = Duration.ofMinutes(5);

  /** Below as many seconds without a ready instance in the long window nobody is told: that is a restart, not a trend. */
  static final int MINIMUM_UNREADY_SECONDS = 120;

  /** The objective of the error rate. */
  static final String ERRORS = "errors";

  /** The objective of the share of time in which the service is ready. */
  static final String AVAILABILITY = "availability";

  static final String COLLAPSE = "collapse";

  /** The same over half an hour, in which even a request a minute gives evidence; of use where burn_1h needs longer. */
  static final String THIN_COLLAPSE = "collapse_30m";

  static final String FAST = "fast";
  static final String STRONG = "high";

  private static final String PAGE = "page";
  private static final String HIGH = "high";
  private static final String TICKET = "ticket";
  private static final BigDecimal ROOM = new BigDecimal("0.9");
  private static final BigDecimal QUARTER = new BigDecimal("0.25");
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** A half of bad requests tells of a collapse only where much less is allowed. */
  private static final BigDecimal LEAST_COLLAPSE_FACTOR = new BigDecimal("5");

  private static final List<Shape> WORKBOOK = List.of(
      new Shape("burn_1h", PAGE, Duration.ofHours(1), Duration.ofMinutes(5), "14.4", Duration.ZERO),
      new Shape("burn_6h", PAGE, Duration.ofHours(6), Duration.ofMinutes(30), "6", Duration.ZERO),
      new Shape("burn_1d", TICKET, Duration.ofDays(1), Duration.ofHours(2), "3", CLEARING),
      new Shape("burn_3d", TICKET, Duration.ofDays(3), Duration.ofHours(6), "1", CLEARING));

  private static final Shape FAST_BURN = Shape.single(FAST, PAGE, 2, "30", Duration.ofSeconds(150));
  private static final Shape STRONG_BURN =
      Shape.single(STRONG, HIGH, 5, "10", Duration.ofMinutes(6));

  private final String routeClass;
  private final Duration period;
  private final List<BurnTier> tiers = new ArrayList<>();

  private BurnTiers(String routeClass, Duration period) {
    this.routeClass = routeClass;
    this.period = period;
  }

  /** Returns the tiers of every objective of every route class, those that cannot fire included. */
  static List<BurnTier> derive(ReliabilityTargets targets) {
    List<BurnTier> all = new ArrayList<>();
    for (String routeClass : RouteClasses.of(targets)) {
      BurnTiers tiers = new BurnTiers(routeClass, targets.window());
      tiers.add(ERRORS, targets.errorRate(routeClass));
      targets.latency(routeClass).targets().forEach(t -> tiers.add(t.objective(), t.slowBudget()));
      all.addAll(tiers.tiers);
    }
    return List.copyOf(all);
  }

  /** Returns the share of requests, or of time, that may be bad for a tier's objective. */
  static BigDecimal budget(ReliabilityTargets targets, BurnTier tier) {
    if (tier.objective().equals(AVAILABILITY)) {
      return BigDecimal.ONE.subtract(targets.availability());
    }
    return targets.latency(tier.routeClass()).targets().stream()
        .filter(t -> t.objective().equals(tier.objective()))
        .map(LatencyTarget::slowBudget)
        .findFirst()
        .orElseGet(() -> targets.errorRate(tier.routeClass()));
  }

  /** Returns the tiers of the workbook over the time in which no instance is ready; bad events are seconds. */
  static List<BurnTier> availability(ReliabilityTargets targets) {
    BurnTiers tiers = new BurnTiers(RouteClasses.DEFAULT, targets.window());
    BigDecimal budget = BigDecimal.ONE.subtract(targets.availability());
    for (Shape shape : WORKBOOK) {
      BigDecimal threshold = ROOM.multiply(shape.factor).multiply(budget);
      boolean canFire = threshold.compareTo(BigDecimal.ONE) < 0 && tiers.fits(shape);
      tiers.add(AVAILABILITY, budget, shape, threshold, MINIMUM_UNREADY_SECONDS, canFire);
    }
    return List.copyOf(tiers.tiers);
  }

  private void add(String objective, BigDecimal budget) {
    BigDecimal collapseFactor = HALF.divide(budget, MathContext.DECIMAL32);
    boolean collapses = collapseFactor.compareTo(LEAST_COLLAPSE_FACTOR) >= 0;
    for (Shape shape : WORKBOOK) {
      BigDecimal threshold = ROOM.multiply(shape.factor).multiply(budget);
      boolean most = shape.severity.equals(PAGE) && collapses;
      boolean canFire = threshold.compareTo(most ? HALF : BigDecimal.ONE) < 0 && fits(shape);
      add(objective, budget, shape, threshold, MINIMUM_BAD, canFire);
    }
    String factor = collapseFactor.toPlainString();
    Shape collapse = Shape.single(COLLAPSE, PAGE, 2, factor, Duration.ZERO);
    add(objective, budget, collapse, HALF, MINIMUM_BAD, collapses);
    Shape thin =
        new Shape(THIN_COLLAPSE, PAGE, Duration.ofMinutes(30), CLEARING, factor, Duration.ZERO);
    boolean seenSooner =
        ROOM.multiply(WORKBOOK.get(0).factor).multiply(budget).compareTo(QUARTER) < 0;
    add(objective, budget, thin, HALF, MINIMUM_BAD, collapses && !seenSooner);
    BigDecimal fast = FAST_BURN.factor.multiply(budget);
    add(objective, budget, FAST_BURN, fast, MINIMUM_BAD, fast.compareTo(HALF) < 0);
    BigDecimal strong = STRONG_BURN.factor.multiply(budget);
    add(objective, budget, STRONG_BURN, strong, MINIMUM_BAD, strong.compareTo(BigDecimal.ONE) < 0);
  }

  private boolean fits(Shape shape) {
    return shape.longWindow.compareTo(period) <= 0;
  }

  private void add(
      String objective,
      BigDecimal budget,
      Shape shape,
      BigDecimal threshold,
      int minimumBad,
      boolean canFire) {
    tiers.add(new BurnTier(
        objective,
        routeClass,
        shape.name,
        shape.severity,
        shape.longWindow,
        shape.shortWindow,
        shape.factor.stripTrailingZeros(),
        threshold.stripTrailingZeros(),
        shape.severity.equals(PAGE) ? Optional.of(budget) : Optional.empty(),
        shape.sustained,
        minimumBad,
        canFire));
  }

  /** A tier before a budget is known. */
  private record Shape(
      String name,
      String severity,
      Duration longWindow,
      Duration shortWindow,
      BigDecimal factor,
      Duration sustained) {

    Shape(
        String name,
        String severity,
        Duration longWindow,
        Duration shortWindow,
        String factor,
        Duration sustained) {
      this(name, severity, longWindow, shortWindow, new BigDecimal(factor), sustained);
    }

    static Shape single(
        String name, String severity, int minutes, String factor, Duration sustained) {
      Duration window = Duration.ofMinutes(minutes);
      return new Shape(name, severity, window, window, factor, sustained);
    }
  }
}
