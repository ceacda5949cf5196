package dev.nines.ops.rules;

import dev.nines.ops.rules.Form.BurnCondition;
import dev.nines.ops.rules.Form.BurnSubject;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether the service is there: scraped, ready, and for what share of time. */
record AvailabilityRules(Form form, Annotations annotations) {

  private static final String SEEN = "nines:service_seen:group";
  private static final String READY = "nines:service_ready:max";
  private static final String UNREADY = "nines:service_unready:ratio";

  /** A scrape or two that fail are no outage. */
  private static final String FORGIVING = "[2m]";

  /** How long a service that is gone is still expected back. */
  private static final String REMEMBERED = "[6h:5m]";

  private static final Duration STEP = Duration.ofMinutes(5);
  private static final Duration COARSE_STEP = Duration.ofMinutes(30);
  private static final Duration COARSE_FROM = Duration.ofDays(1);

  /** Returns the recordings of the moment, and of the last five minutes. */
  List<Rule> now() {
    String ready =
        "max" + form.by() + "(last_over_time(" + form.raw(Metrics.READY) + FORGIVING + "))";
    String gone =
        "0 * max" + form.by() + "(max_over_time(" + form.recorded(SEEN) + REMEMBERED + "))";
    return List.of(
        recording(
            SEEN, "group" + form.by() + "(" + form.raw(Metrics.BUILD_INFO) + ")", Map.of(), ""),
        recording(
            READY,
            ready + "\nor " + gone,
            Map.of(),
            "1 while any instance is ready. A service that was there in the last 6 h and has gone is"
                + " not ready."),
        recording(
            UNREADY + "5m",
            "1 - avg_over_time(" + form.recorded(READY) + "[5m])",
            objective(),
            "The share of time in which none was."));
  }

  /** Returns the shares of unready time over longer windows. What a window has not seen counts as ready. */
  List<Rule> shares(Duration... windows) {
    List<Rule> rules = new ArrayList<>();
    for (Duration window : windows) {
      Duration step = window.compareTo(COARSE_FROM) >= 0 ? COARSE_STEP : STEP;
      String range = form.recorded(UNREADY + Durations.format(step)) + "["
          + Durations.format(window) + ":" + Durations.format(step) + "]";
      rules.add(recording(
          UNREADY + Durations.format(window),
          "sum_over_time(" + range + ")\n/ clamp_min(count_over_time(" + range + "), "
              + window.dividedBy(step) + ")",
          Map.of(),
          ""));
    }
    return rules;
  }

  /** Returns the alerts on the moment. */
  List<Rule> alerts() {
    return List.of(
        serviceDown(),
        alert(
                Alert.SERVICE_UNREADY,
                "max" + form.by() + "(" + form.raw(Metrics.READY) + ") == 0",
                "No instance has been ready for a minute.",
                "for a minute, so that half a minute wakes nobody")
            .sustained(Duration.ofMinutes(1))
            .kept(Duration.ofMinutes(3)),
        alert(
                Alert.INSTANCE_DOWN,
                "max_over_time(" + form.raw("up") + FORGIVING + ") == 0" + ofKnown(),
                "{{ $labels.instance }} has not been scraped for two minutes.",
                "not before two minutes, so that one or two failed scrapes tell nothing")
            .sustained(Duration.ofMinutes(1)),
        metricsAbsent());
  }

  /** Returns the pages on the share of time. */
  List<Rule> pages() {
    return burns(Alert.AVAILABILITY_BURN, "page", STEP, Duration.ofMinutes(3));
  }

  /** Returns the tickets on the share of time. */
  List<Rule> tickets() {
    return burns(Alert.AVAILABILITY_SLOW_BURN, "ticket", COARSE_FROM, Duration.ofMinutes(30));
  }

  private List<Rule> burns(Alert alert, String severity, Duration shown, Duration kept) {
    BurnSubject subject = form.availability();
    Predicate<BurnCondition> which = tier -> tier.severity().equals(severity);
    List<BurnCondition> tiers = subject.tiers().stream().filter(which).toList();
    if (tiers.isEmpty()) {
      return List.of();
    }
    String floor = severity.equals("page") ? subject.budget() : "0";
    String conditions = tiers.stream()
        .map(tier -> share(tier.longWindow(), subject) + " >= " + tier.threshold() + "\n  and "
            + share(tier.shortWindow(), subject) + " > " + subject.budget())
        .collect(Collectors.joining("\n) or (\n  ", "(\n  ", "\n)"));
    String why = tiers.stream().map(BurnCondition::why).collect(Collectors.joining("\n"));
    return List.of(alert(
            alert,
            share(shown, subject) + " > " + floor + "\nand (" + conditions + ")",
            "No instance was ready for {{ $value | humanizePercentage }} of the last "
                + Durations.format(shown) + ".",
            why)
        .kept(kept));
  }

  private String share(Duration window, BurnSubject subject) {
    return form.recorded(UNREADY + Durations.format(window), subject.matchers());
  }

  /** Of a service alone absence can be asked for; of a fleet, only for those that were there before. */
  private Rule serviceDown() {
    String up = "max_over_time(" + form.raw("up") + FORGIVING + ")";
    String expression = form.known().isEmpty()
        ? "max(" + up + ") == 0\nor absent_over_time(" + form.raw("up") + FORGIVING + ")"
        : "(max" + form.by() + "(" + up + ") == 0" + ofKnown() + ")\nor (" + form.known()
            + "\n  unless " + form.on() + " max" + form.by() + "(" + up + "))";
    return alert(
            Alert.SERVICE_DOWN,
            expression,
            "No instance has been scraped for four minutes.",
            "two minutes without a scrape that works, for two minutes: a reload of the rules or a"
                + " failed scrape wakes nobody")
        .sustained(Duration.ofMinutes(2));
  }

  private Rule metricsAbsent() {
    String seen = "last_over_time(" + form.raw(Metrics.BUILD_INFO) + FORGIVING + ")";
    String match = form.known().isEmpty() ? "" : form.on() + " ";
    return alert(
            Alert.METRICS_ABSENT,
            "(max" + form.by() + "(" + form.raw("up") + ") == 1" + ofKnown() + ")\nunless " + match
                + "group" + form.by() + "(" + seen + ")",
            "Scrapes work, but nines_build_info is missing: is the right path scraped?",
            "")
        .sustained(STEP);
  }

  private String ofKnown() {
    return form.known().isEmpty() ? "" : " and " + form.on() + " " + form.known();
  }

  private Rule alert(Alert alert, String expression, String description, String why) {
    return Rule.alert(alert, expression, form.alertLabels(), why)
        .annotated(annotations.of(alert, description));
  }

  private Rule recording(String name, String expression, Map<String, String> more, String why) {
    Map<String, String> labels = new LinkedHashMap<>(form.recordedLabels());
    labels.putAll(more);
    return Rule.recording(name, expression, labels, why);
  }

  private static Map<String, String> objective() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("objective", "availability");
    labels.put("route_class", "default");
    return labels;
  }
}
