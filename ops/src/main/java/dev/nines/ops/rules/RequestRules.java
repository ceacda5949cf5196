package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.ops.rules.Form.BurnCondition;
import dev.nines.ops.rules.Form.BurnSubject;
import dev.nines.ops.rules.Form.SlowSubject;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Recordings of good and bad requests, and the alerts on their shares. */
record RequestRules(Form form, Annotations annotations) {

  private static final Duration STEP = Duration.ofMinutes(5);
  private static final Duration COARSE_STEP = Duration.ofMinutes(30);
  private static final Duration COARSE_FROM = Duration.ofDays(1);
  private static final Duration PAGE_KEPT = Duration.ofMinutes(3);
  private static final Duration TICKET_KEPT = Duration.ofMinutes(30);
  private static final String BAD = "nines:requests_bad:increase";
  private static final String VALID = "nines:requests_valid:increase";
  private static final String EXPECTED = "nines:requests_expected:increase";
  private static final String SLOW = "nines:requests_slow:increase";

  /** Returns the increases over a window that raw counters are asked for. */
  List<Rule> increases(Duration window) {
    String length = Durations.format(window);
    String good = increase(Metrics.REQUESTS_GOOD, length);
    String same = form.on("objective", "route_class");
    return List.of(
        recording(
            BAD + length,
            increase(Metrics.REQUESTS_BAD, length) + "\nor 0 * " + good,
            "Bad requests, none where only good ones were ever counted."),
        recording(
            VALID + length,
            "(" + good + "\n  or " + same + " 0 * " + form.recorded(BAD + length) + ")\n+ " + same
                + " " + form.recorded(BAD + length),
            "All valid requests, to divide by: sums first, then the quotient."),
        recording(
            SLOW + length,
            increase(Metrics.REQUESTS_SLOW, length),
            "Requests slower than 4 × their target."));
  }

  /** Returns the sums over longer windows. */
  List<Rule> sums(Duration... windows) {
    List<Rule> rules = new ArrayList<>();
    for (Duration window : windows) {
      boolean coarse = window.compareTo(COARSE_FROM) >= 0;
      Duration step = coarse ? COARSE_STEP : STEP;
      String range = "[" + Durations.format(window) + ":" + Durations.format(step) + "]";
      String length = Durations.format(window);
      String bad = form.recorded(BAD + Durations.format(step));
      // A coarser step sums what was summed before; what that expected counts, not what it saw.
      String valid = form.recorded((coarse ? EXPECTED : VALID) + Durations.format(step));
      rules.add(recording(BAD + length, "sum_over_time(" + bad + range + ")", ""));
      rules.add(recording(
          EXPECTED + length,
          "sum_over_time(" + valid + range + ")\n/ clamp_max(count_over_time(" + valid + range
              + ") / " + window.dividedBy(step) + ", 1)",
          "What the whole window holds at the traffic that it saw, so that what it has not seen"
              + " is no outage."));
    }
    return rules;
  }

  /** Returns the pages. */
  List<Rule> pages() {
    List<Rule> rules = new ArrayList<>();
    for (BurnSubject subject : form.requests()) {
      alert(
          rules,
          subject.latency() ? Alert.LATENCY_BURN : Alert.ERROR_BURN,
          subject,
          tier -> tier.severity().equals("page") && tier.sustained().isZero(),
          STEP,
          PAGE_KEPT);
      alert(
          rules,
          subject.latency() ? Alert.LATENCY_FAST_BURN : Alert.ERROR_FAST_BURN,
          subject,
          tier -> tier.severity().equals("page") && !tier.sustained().isZero(),
          STEP,
          PAGE_KEPT);
    }
    form.slowness().stream().filter(SlowSubject::pages).map(this::slow).forEach(rules::add);
    return rules;
  }

  /** Returns what must be seen within minutes. */
  List<Rule> highs() {
    List<Rule> rules = new ArrayList<>();
    for (BurnSubject subject : form.requests()) {
      alert(
          rules,
          subject.latency() ? Alert.LATENCY_HIGH_BURN : Alert.ERROR_HIGH_BURN,
          subject,
          tier -> tier.severity().equals("high"),
          STEP,
          PAGE_KEPT);
    }
    form.slowness().stream().filter(s -> !s.pages()).map(this::slow).forEach(rules::add);
    return rules;
  }

  /** Returns the tickets. */
  List<Rule> tickets() {
    List<Rule> rules = new ArrayList<>();
    for (BurnSubject subject : form.requests()) {
      alert(
          rules,
          subject.latency() ? Alert.LATENCY_SLOW_BURN : Alert.ERROR_SLOW_BURN,
          subject,
          tier -> tier.severity().equals("ticket"),
          COARSE_FROM,
          TICKET_KEPT);
    }
    return rules;
  }

  private void alert(
      List<Rule> rules,
      Alert alert,
      BurnSubject subject,
      Predicate<BurnCondition> which,
      Duration shown,
      Duration kept) {
    List<BurnCondition> tiers = subject.tiers().stream().filter(which).toList();
    if (tiers.isEmpty()) {
      return;
    }
    boolean clears = alert.severity() == Severity.PAGE;
    String ratio = series(BAD, shown, subject.matchers()) + "\n  / "
        + series(denominator(shown), shown, subject.matchers());
    String conditions = tiers.stream()
        .map(tier -> indented(condition(tier, subject.matchers())))
        .collect(Collectors.joining("\n) or (\n", "(\n", "\n)"));
    String expression =
        "(" + ratio + ") > " + (clears ? subject.budget() : "0") + "\nand (" + conditions + ")";
    String why = tiers.stream().map(BurnCondition::why).collect(Collectors.joining("\n"));
    rules.add(Rule.alert(alert, expression, labels(subject.labels()), why)
        .sustained(tiers.get(0).sustained())
        .kept(kept)
        .annotated(annotations.of(
            alert,
            "{{ $value | humanizePercentage }} of the requests of the last "
                + Durations.format(shown) + broken(subject) + ".")));
  }

  private static String broken(BurnSubject subject) {
    String what = subject.latency()
        ? " were slower than {{ $labels.objective }} of route class {{ $labels.route_class }} promises"
        : " failed, of route class {{ $labels.route_class }}";
    // a fleet's budgets are series, which a text cannot show
    return subject.labels().isEmpty() ? what : what + "; " + percent(subject.budget()) + " may";
  }

  private static String percent(String share) {
    return new BigDecimal(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  private String condition(BurnCondition tier, String[] matchers) {
    Duration window = tier.longWindow();
    String bad = series(BAD, window, matchers);
    String valid = series(denominator(window), window, matchers);
    StringBuilder text = new StringBuilder();
    text.append(bad).append("\n  >= ").append(tier.threshold()).append(" * ").append(valid);
    text.append("\nand ").append(bad).append(" > ").append(tier.minimum());
    if (!tier.shortWindow().equals(window)) {
      text.append("\nand ")
          .append(series(BAD, tier.shortWindow(), matchers))
          .append("\n  >= ")
          .append(tier.threshold())
          .append(" * ")
          .append(series(denominator(tier.shortWindow()), tier.shortWindow(), matchers));
    } else if (tier.sustained().isZero()) {
      // half a minute after the first request, half a minute of errors would be all there is
      text.append("\nand ").append(valid).append(" offset 1m >= 0");
    }
    if (tier.lasts()) {
      String before = " offset " + Durations.format(BurnTier.LASTING);
      text.append("\nand ")
          .append(series(BAD, STEP, matchers))
          .append(before)
          .append("\n  >= ")
          .append(tier.threshold())
          .append(" * ")
          .append(series(VALID, STEP, matchers))
          .append(before);
    }
    if (!tier.guard().isEmpty()) {
      text.append("\nand ").append(tier.guard());
    }
    return text.toString();
  }

  private Rule slow(SlowSubject subject) {
    Alert alert = subject.pages() ? Alert.VERY_SLOW : Alert.SLOW;
    String slow = series(SLOW, subject.window(), subject.matchers());
    String expression = "(" + slow + "\n  / "
        + series(VALID, subject.window(), subject.matchers()) + ") > " + subject.threshold()
        + "\nand " + slow + " > " + subject.minimum()
        + (subject.guard().isEmpty() ? "" : "\nand " + subject.guard());
    return Rule.alert(alert, expression, labels(subject.labels()), subject.why())
        .sustained(subject.sustained())
        .kept(PAGE_KEPT)
        .annotated(annotations.of(
            alert,
            "{{ $value | humanizePercentage }} of the requests of the last "
                + Durations.format(subject.window())
                + " took over 4 × what {{ $labels.objective }} of route class"
                + " {{ $labels.route_class }} promises."));
  }

  private String series(String name, Duration window, String[] matchers) {
    return form.recorded(name + Durations.format(window), matchers);
  }

  private static String denominator(Duration window) {
    return window.compareTo(STEP) <= 0 ? VALID : EXPECTED;
  }

  private String increase(Metric counter, String length) {
    return "sum" + form.by("objective", "route_class") + "(increase(" + form.raw(counter) + "["
        + length + "]))";
  }

  private Rule recording(String name, String expression, String why) {
    return Rule.recording(name, expression, form.recordedLabels(), why);
  }

  private Map<String, String> labels(Map<String, String> more) {
    Map<String, String> labels = new LinkedHashMap<>(form.alertLabels());
    labels.putAll(more);
    return labels;
  }

  private static String indented(String lines) {
    return lines.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }
}
