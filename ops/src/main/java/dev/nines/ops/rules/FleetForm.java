package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.derive.Settings;
import dev.nines.derive.SlownessTier;
import dev.nines.ops.generate.Links;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rules for any number of services, told apart by {@code job}. Thresholds are the tiers' multiples of what each service exports
 * as its own target, so the rules are the same whatever is declared.
 */
record FleetForm(Links links) implements Form {

  private static final String JOB = "job";
  private static final String BUDGET = "nines:budget:ratio";

  /** Any declaration has the same multiples; only what is left out differs, and that is a guard here. */
  private static final ReliabilityTargets ANY = ReliabilityTargets.threeNines();

  private static final Settings SETTINGS = Settings.derive(ANY);

  /** A budget is one minus a target in floating point, so that a bound on it needs room. */
  private static final double ROOM = 1.0001;

  /** Bound on the budget up to which half of all requests is at least five times what is allowed. */
  private static final double COLLAPSE_MOST = 0.1 * ROOM;

  @Override
  public String prefix() {
    return "nines-fleet";
  }

  @Override
  public String raw(String metric, String... matchers) {
    return matchers.length == 0 ? metric : metric + "{" + String.join(",", matchers) + "}";
  }

  @Override
  public String recorded(String name, String... matchers) {
    return raw(name, matchers);
  }

  @Override
  public String by(String... labels) {
    return " by (" + withJob(labels) + ") ";
  }

  @Override
  public String on(String... labels) {
    return "on (" + withJob(labels) + ")";
  }

  @Override
  public Map<String, String> recordedLabels() {
    return Map.of();
  }

  @Override
  public Map<String, String> alertLabels() {
    return Map.of("service", "{{ $labels.job }}");
  }

  @Override
  public String service() {
    return "{{ $labels.job }}";
  }

  @Override
  public String dashboard() {
    return links.fleetDashboard() + "?var-job={{ $labels.job }}";
  }

  @Override
  public String runbook(Alert alert) {
    return links.runbook(alert.label());
  }

  @Override
  public String known() {
    return "max by (job) (max_over_time(nines:service_seen:group[6h:5m]))";
  }

  @Override
  public List<Rule> numbers() {
    return List.of(Rule.recording(
        BUDGET,
        "max by (job, objective, route_class) (1 - " + Metrics.TARGET.name() + ")",
        Map.of(),
        "What each service allows: one minus its promise; while versions differ, the larger one."));
  }

  @Override
  public List<BurnSubject> requests() {
    return List.of(
        subject(false, "objective=\"errors\""), subject(true, "objective=~\"latency_.+\""));
  }

  @Override
  public BurnSubject availability() {
    String[] matchers = {"objective=\"availability\""};
    BigDecimal budget = BigDecimal.ONE.subtract(ANY.availability());
    List<BurnCondition> tiers = SETTINGS.availabilityTiers().stream()
        .map(tier -> {
          double least = (double) tier.minimumBad() / tier.longWindow().toSeconds();
          String threshold = "clamp_min(" + multiple(tier, budget) + " * "
              + recorded(BUDGET, matchers) + ", " + number(least) + ")";
          return condition(tier, threshold, 0, "");
        })
        .toList();
    return new BurnSubject(Map.of(), matchers, false, recorded(BUDGET, matchers), tiers);
  }

  @Override
  public List<SlowSubject> slowness() {
    return SETTINGS.slownessTiers().stream().map(this::slow).toList();
  }

  @Override
  public Sourced saturation() {
    String used = Metrics.SATURATION.name();
    String target = Metrics.SATURATION_TARGET.name();
    String same = "on (job, instance, resource) " + target;
    return new Sourced(
        used + " >= " + same + "\nor\n" + used + " >= " + ServiceForm.OTHERWISE_FULL + " unless "
            + same,
        "as each service declares, sustained for the short window; everything else: 90 % of its"
            + " limit");
  }

  @Override
  public Sourced backup(String age) {
    return over(age, "rpo", "job");
  }

  @Override
  public Sourced recovery(String unready) {
    return over(unready, "restore", "job, instance");
  }

  private static Sourced over(String seconds, String target, String labels) {
    return new Sourced(
        seconds + " > on (" + labels + ") group_left () max by (" + labels + ") ("
            + Metrics.RECOVERY_TARGET.name() + "{target=\"" + target + "\"})",
        "recovery." + target + ", as each service declares it");
  }

  private BurnSubject subject(boolean latency, String... matchers) {
    String budget = recorded(BUDGET, matchers);
    List<BurnCondition> tiers = SETTINGS.burnTiers().stream()
        .filter(tier -> tier.objective().equals("errors"))
        .map(tier -> condition(budget, tier))
        .toList();
    return new BurnSubject(Map.of(), matchers, latency, budget, tiers);
  }

  private BurnCondition condition(String budget, BurnTier tier) {
    double minimum = tier.minimumBad() - 0.5;
    if (tier.name().startsWith("collapse")) {
      String soonEnough = tier.name().equals("collapse")
          ? ""
          : "\nand " + budget + " > " + number(0.25 / multipleOf("burn_1h"));
      String guard = budget + " < " + number(COLLAPSE_MOST) + soonEnough;
      return condition(tier, tier.threshold().toPlainString(), minimum, guard);
    }
    BigDecimal multiple = multiple(tier, ANY.errorRate());
    double most = tier.severity().equals(Severity.PAGE.label()) ? 0.5 : 1;
    return condition(
        tier,
        multiple.toPlainString() + " * " + budget,
        minimum,
        budget + " < " + number(most / multiple.doubleValue()));
  }

  private static BurnCondition condition(
      BurnTier tier, String threshold, double minimum, String guard) {
    return new BurnCondition(
        tier.name(),
        tier.severity(),
        tier.longWindow(),
        tier.shortWindow(),
        tier.sustained(),
        threshold,
        minimum,
        tier.lasts(),
        guard,
        tier.name() + ": " + formula(tier));
  }

  private static String formula(BurnTier tier) {
    return SETTINGS
        .explanation()
        .row("alerts.default." + tier.objective() + "." + tier.name())
        .orElseThrow()
        .formula();
  }

  private SlowSubject slow(SlownessTier tier) {
    String[] matchers = {"objective=~\"latency_.+\""};
    boolean pages = tier.severity().equals(Severity.PAGE.label());
    String budget = recorded(BUDGET, matchers);
    return new SlowSubject(
        pages,
        Map.of(),
        matchers,
        tier.window(),
        tier.sustained(),
        budget,
        budget + (pages ? " < " : " >= ") + number(0.01 * ROOM),
        tier.minimumBad() - 0.5,
        "quantile over " + SlownessTier.MULTIPLE + " × its target; a quantile from p99 on "
            + (pages ? "pages" : "pages instead"));
  }

  private static double multipleOf(String name) {
    return SETTINGS.burnTiers().stream()
        .filter(tier -> tier.name().equals(name) && tier.objective().equals("errors"))
        .map(tier -> multiple(tier, ANY.errorRate()).doubleValue())
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal multiple(BurnTier tier, BigDecimal budget) {
    BigDecimal exact = tier.threshold().divide(budget).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** Six digits are more than any bound here needs. */
  private static String number(double value) {
    return new BigDecimal(value)
        .round(new java.math.MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String withJob(String... labels) {
    List<String> all = new ArrayList<>(
        Stream.concat(Stream.of(JOB), Arrays.stream(labels)).distinct().toList());
    return String.join(", ", all);
  }
}
