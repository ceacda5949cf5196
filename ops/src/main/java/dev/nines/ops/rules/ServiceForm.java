package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.derive.SlownessTier;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.PromQl;
import dev.nines.targets.SaturationTargets;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules of one service, with its numbers written out. */
record ServiceForm(Blueprint blueprint) implements Form {

  /** A resource without a target of its own is too full from here. */
  static final String OTHERWISE_FULL = "0.9";

  @Override
  public String prefix() {
    return "nines-" + blueprint.service();
  }

  @Override
  public String raw(String metric, String... matchers) {
    return metric + "{" + joined(blueprint.selector(), matchers) + "}";
  }

  @Override
  public String recorded(String name, String... matchers) {
    String labels = blueprint.identity().entrySet().stream()
        .map(label -> PromQl.equal(label.getKey(), label.getValue()))
        .collect(Collectors.joining(","));
    return name + "{" + joined(labels, matchers) + "}";
  }

  @Override
  public String by(String... labels) {
    return labels.length == 0 ? "" : " by (" + String.join(", ", labels) + ") ";
  }

  @Override
  public String on(String... labels) {
    return "on (" + String.join(", ", labels) + ")";
  }

  @Override
  public Map<String, String> recordedLabels() {
    return blueprint.identity();
  }

  @Override
  public Map<String, String> alertLabels() {
    return Map.of("service", blueprint.service());
  }

  @Override
  public String service() {
    return blueprint.service();
  }

  @Override
  public String dashboard() {
    return blueprint.links().dashboard(blueprint.service());
  }

  @Override
  public String runbook(Alert alert) {
    return blueprint.links().runbook(alert.label());
  }

  @Override
  public String known() {
    return "";
  }

  @Override
  public List<Rule> numbers() {
    return List.of();
  }

  @Override
  public List<BurnSubject> requests() {
    Map<List<String>, List<BurnTier>> subjects = new LinkedHashMap<>();
    blueprint.settings().burnTiers().forEach(tier -> subjects
        .computeIfAbsent(List.of(tier.objective(), tier.routeClass()), key -> new ArrayList<>())
        .add(tier));
    return subjects.values().stream().map(this::subject).toList();
  }

  @Override
  public BurnSubject availability() {
    List<BurnCondition> tiers = blueprint.settings().availabilityTiers().stream()
        .filter(BurnTier::canFire)
        .map(this::availability)
        .toList();
    BigDecimal budget = BigDecimal.ONE.subtract(blueprint.targets().availability());
    return new BurnSubject(
        Map.of(), new String[] {"objective=\"availability\""}, false, plain(budget), tiers);
  }

  @Override
  public List<SlowSubject> slowness() {
    return blueprint.settings().slownessTiers().stream().map(this::slow).toList();
  }

  @Override
  public Sourced saturation() {
    SaturationTargets targets = blueprint.targets().saturation();
    String full = resource("=\"cpu\"", plain(targets.cpu()))
        + "\nor\n" + resource("=\"memory\"", plain(targets.memory()))
        + "\nor\n" + resource("=\"disk\"", plain(targets.disk()))
        + "\nor\n" + resource("!~\"cpu|memory|disk\"", OTHERWISE_FULL);
    String why = List.of("cpu", "memory", "disk").stream()
        .map(each -> each + ": " + blueprint.why("saturation." + each))
        .collect(Collectors.joining("\n"));
    return new Sourced(full, why + "\neverything else: 90 % of its limit");
  }

  @Override
  public Sourced backup(String age) {
    return new Sourced(
        age + " > " + blueprint.targets().recovery().rpo().toSeconds(),
        blueprint.why("recovery.rpo"));
  }

  @Override
  public Sourced recovery(String unready) {
    return new Sourced(
        unready + " > " + blueprint.targets().recovery().restore().toSeconds(),
        blueprint.why("recovery.restore"));
  }

  private String resource(String matcher, String full) {
    return raw(Metrics.SATURATION, "resource" + matcher) + " >= " + full;
  }

  private BurnSubject subject(List<BurnTier> tiers) {
    BurnTier any = tiers.get(0);
    BigDecimal budget = tiers.stream()
        .flatMap(tier -> tier.recentlyAbove().stream())
        .findFirst()
        .orElseThrow();
    return new BurnSubject(
        labels(any.objective(), any.routeClass()),
        matchers(any.objective(), any.routeClass()),
        any.objective().startsWith("latency"),
        plain(budget),
        tiers.stream().filter(BurnTier::canFire).map(this::condition).toList());
  }

  private BurnCondition condition(BurnTier tier) {
    return condition(tier, plain(tier.threshold()), tier.minimumBad() - 0.5);
  }

  /** A share of the window that is less than the minimum of unready time could not be told from a restart. */
  private BurnCondition availability(BurnTier tier) {
    BigDecimal least = BigDecimal.valueOf(tier.minimumBad())
        .divide(BigDecimal.valueOf(tier.longWindow().toSeconds()), 6, RoundingMode.CEILING);
    return condition(tier, plain(tier.threshold().max(least)), 0);
  }

  private BurnCondition condition(BurnTier tier, String threshold, double minimum) {
    String row = "alerts." + tier.routeClass() + "." + tier.objective() + "." + tier.name();
    return new BurnCondition(
        tier.name(),
        tier.severity(),
        tier.longWindow(),
        tier.shortWindow(),
        tier.sustained(),
        threshold,
        minimum,
        tier.lasts(),
        "",
        tier.name() + ": " + blueprint.why(row));
  }

  private SlowSubject slow(SlownessTier tier) {
    return new SlowSubject(
        tier.severity().equals(Severity.PAGE.label()),
        labels(tier.objective(), tier.routeClass()),
        matchers(tier.objective(), tier.routeClass()),
        tier.window(),
        tier.sustained(),
        plain(tier.threshold()),
        "",
        tier.minimumBad() - 0.5,
        blueprint.why("alerts." + tier.routeClass() + "." + tier.objective() + ".slow"));
  }

  private static Map<String, String> labels(String objective, String routeClass) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("objective", objective);
    // Prometheus reads label values as templates
    labels.put("route_class", routeClass.replace("{{", "{{ \"{{\" }}"));
    return labels;
  }

  private static String[] matchers(String objective, String routeClass) {
    return new String[] {
      PromQl.equal("objective", objective), PromQl.equal("route_class", routeClass)
    };
  }

  private static String joined(String first, String... others) {
    return others.length == 0 ? first : first + "," + String.join(",", others);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
