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
 * the factor surely fires; beside them stand three short ones that were tried against 65 situations with promtool: they
 * meet a collapse in a minute, which windows of an hour and more do not.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Google SRE Workbook, chapter 5</a>
 */
final class BurnTiers {

  /** Below as many bad requests in the long window nobody is woken: single failures are no trend at low traffic. */
  static final int MINIMUM_BAD = 5;

  /** The window of a page that lets it clear soon after the failure ends. */
  static final Duration CLEARING = Duration.ofMinutes(5);

  /** The objective of the error rate. */
  static final String ERRORS = "errors";

  static final String COLLAPSE = "collapse";
  static final String FAST = "fast";
  static final String STRONG = "high";

  private static final String PAGE = "page";
  private static final String HIGH = "high";
  private static final String TICKET = "ticket";
  private static final BigDecimal ROOM = new BigDecimal("0.9");
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

  /** Returns the share of requests that may be bad for a tier's objective. */
  static BigDecimal budget(ReliabilityTargets targets, BurnTier tier) {
    return targets.latency(tier.routeClass()).targets().stream()
        .filter(t -> t.objective().equals(tier.objective()))
        .map(LatencyTarget::slowBudget)
        .findFirst()
        .orElseGet(() -> targets.errorRate(tier.routeClass()));
  }

  private void add(String objective, BigDecimal budget) {
    for (Shape shape : WORKBOOK) {
      BigDecimal threshold = ROOM.multiply(shape.factor).multiply(budget);
      boolean canFire =
          threshold.compareTo(BigDecimal.ONE) < 0 && shape.longWindow.compareTo(period) <= 0;
      add(objective, budget, shape, threshold, canFire);
    }
    BigDecimal collapseFactor = HALF.divide(budget, MathContext.DECIMAL32);
    Shape collapse = Shape.single(COLLAPSE, PAGE, 2, collapseFactor.toPlainString(), Duration.ZERO);
    add(objective, budget, collapse, HALF, collapseFactor.compareTo(LEAST_COLLAPSE_FACTOR) >= 0);
    BigDecimal fast = FAST_BURN.factor.multiply(budget);
    add(objective, budget, FAST_BURN, fast, fast.compareTo(HALF) < 0);
    BigDecimal strong = STRONG_BURN.factor.multiply(budget);
    add(objective, budget, STRONG_BURN, strong, strong.compareTo(BigDecimal.ONE) < 0);
  }

  private void add(
      String objective, BigDecimal budget, Shape shape, BigDecimal threshold, boolean canFire) {
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
        MINIMUM_BAD,
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
