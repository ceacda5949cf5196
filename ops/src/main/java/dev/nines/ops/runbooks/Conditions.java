package dev.nines.ops.runbooks;

import dev.nines.derive.BurnTier;
import dev.nines.derive.SlownessTier;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.rules.Alert;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The numbers from which an alert on a budget fires. */
record Conditions(Blueprint blueprint) {

  private static final String PAGE = "page";
  private static final String FAST = "fast";

  /** Returns a list in Markdown, each number with its formula. */
  String of(Alert alert) {
    List<String> rows = rows(alert).toList();
    return rows.isEmpty()
        ? "- nothing: with these promises none of its conditions can hold."
        : rows.stream()
            .map(row -> "- " + subject(row) + blueprint.why(row))
            .collect(Collectors.joining("\n"));
  }

  private Stream<String> rows(Alert alert) {
    return switch (alert) {
      case ERROR_BURN -> errors(tier -> pages(tier) && !tier.name().equals(FAST));
      case ERROR_FAST_BURN -> errors(tier -> tier.name().equals(FAST));
      case ERROR_HIGH_BURN -> errors(tier -> tier.severity().equals("high"));
      case ERROR_SLOW_BURN -> errors(tier -> tier.severity().equals("ticket"));
      case LATENCY_BURN -> latencies(tier -> pages(tier) && !tier.name().equals(FAST));
      case LATENCY_FAST_BURN -> latencies(tier -> tier.name().equals(FAST));
      case LATENCY_HIGH_BURN -> latencies(tier -> tier.severity().equals("high"));
      case LATENCY_SLOW_BURN -> latencies(tier -> tier.severity().equals("ticket"));
      case VERY_SLOW -> slowness(tier -> tier.severity().equals(PAGE));
      case SLOW -> slowness(tier -> !tier.severity().equals(PAGE));
      case AVAILABILITY_BURN -> availability(Conditions::pages);
      case AVAILABILITY_SLOW_BURN -> availability(tier -> !pages(tier));
      default -> Stream.empty();
    };
  }

  private Stream<String> errors(Predicate<BurnTier> which) {
    return tiers(blueprint.settings().burnTiers(), which, "errors");
  }

  private Stream<String> latencies(Predicate<BurnTier> which) {
    return tiers(blueprint.settings().burnTiers(), which, "latency");
  }

  private Stream<String> availability(Predicate<BurnTier> which) {
    return tiers(blueprint.settings().availabilityTiers(), which, "availability");
  }

  private static Stream<String> tiers(
      List<BurnTier> tiers, Predicate<BurnTier> which, String objective) {
    return tiers.stream()
        .filter(tier -> tier.canFire() && tier.objective().startsWith(objective))
        .filter(which)
        .map(tier -> row(tier.routeClass(), tier.objective(), tier.name()));
  }

  private Stream<String> slowness(Predicate<SlownessTier> which) {
    return blueprint.settings().slownessTiers().stream()
        .filter(which)
        .map(tier -> row(tier.routeClass(), tier.objective(), "slow"));
  }

  private static boolean pages(BurnTier tier) {
    return tier.severity().equals(PAGE);
  }

  private static String row(String routeClass, String objective, String tier) {
    return "alerts." + routeClass + "." + objective + "." + tier;
  }

  /** A row is named after what it is about. */
  private static String subject(String row) {
    return "`" + row.substring("alerts.".length()) + "`: ";
  }
}
