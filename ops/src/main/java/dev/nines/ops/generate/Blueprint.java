package dev.nines.ops.generate;

import dev.nines.derive.Derived;
import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metric;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that a generator is given. Immutable.
 *
 * @param settings what follows from the declaration
 * @param service the service's name: letters, digits, {@code .}, {@code _}, {@code -}
 * @param selector label matchers of PromQL that find the series of all its instances: {@code job="checkout"}. All instances
 *     share the value of {@code job}
 * @param naming names of the HTTP metrics on dashboards
 * @param links where links lead
 * @param ports where an instance listens
 */
public record Blueprint(
    Settings settings,
    String service,
    String selector,
    HttpNaming naming,
    Links links,
    Ports ports) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final String MATCHER =
      "[a-zA-Z_][a-zA-Z0-9_]*\\s*(?:=~|!~|!=|=)\\s*\"(?:[^\"\\\\\\n]|\\\\.)*\"";
  private static final Pattern SELECTOR =
      Pattern.compile(MATCHER + "(?:\\s*,\\s*" + MATCHER + ")*");

  private static final Pattern EQUALITY =
      Pattern.compile("(?:^|,)\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

  /** Where links lead while nobody has said otherwise: to hosts that exist nowhere, which is seen in the first alert. */
  private static final Links NOWHERE =
      new Links(URI.create("https://runbooks.invalid"), URI.create("https://grafana.invalid"));

  public Blueprint {
    if (!NAME.matcher(service).matches()) {
      throw new IllegalArgumentException(
          "service: '" + service + "' (expected: 1 to 100 letters, digits, '.', '_' or '-')");
    }
    if (!SELECTOR.matcher(selector).matches()) {
      throw new IllegalArgumentException("selector: '" + selector
          + "' (expected: label matchers such as job=\"checkout\",namespace=\"shop\")");
    }
    if (!EQUALITY.matcher(selector).find()) {
      throw new IllegalArgumentException("selector: '" + selector
          + "' (expected: at least one label with one value, which names what is recorded)");
    }
  }

  /** Returns the blueprint of a service whose scrape job is named like it. */
  public static Blueprint of(ReliabilityTargets targets, String service) {
    return new Blueprint(
        Settings.derive(targets),
        service,
        "job=\"" + service + "\"",
        HttpNaming.OTEL,
        NOWHERE,
        Ports.USUAL);
  }

  /** Returns the same with other label matchers. */
  public Blueprint selecting(String matchers) {
    return new Blueprint(settings, service, matchers, naming, links, ports);
  }

  /** Returns the same with other names of the HTTP metrics. */
  public Blueprint naming(HttpNaming names) {
    return new Blueprint(settings, service, selector, names, links, ports);
  }

  /** Returns the same with links that lead elsewhere. */
  public Blueprint linking(Links elsewhere) {
    return new Blueprint(settings, service, selector, naming, elsewhere, ports);
  }

  /** Returns the same with other ports. */
  public Blueprint listening(Ports elsewhere) {
    return new Blueprint(settings, service, selector, naming, links, elsewhere);
  }

  /**
   * Returns the labels that the selector fixes to one value, {@code job} first of all: what is recorded of this service gets
   * them, and is found by them.
   */
  public Map<String, String> identity() {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher matcher = EQUALITY.matcher(selector);
    while (matcher.find()) {
      labels.put(matcher.group(1), matcher.group(2).replaceAll("\\\\(.)", "$1"));
    }
    return labels;
  }

  /** Returns the series of a metric of all instances, or those that matchers find among them. */
  public String series(Metric metric, String... matchers) {
    return series(metric.name(), matchers);
  }

  /** Returns the series of that name of all instances, or those that matchers find among them. */
  public String series(String name, String... matchers) {
    String[] all = new String[matchers.length + 1];
    all[0] = selector;
    System.arraycopy(matchers, 0, all, 1, matchers.length);
    return PromQl.series(name, all);
  }

  /** Returns the declaration. */
  public ReliabilityTargets targets() {
    return settings.targets();
  }

  /**
   * Returns why a derived number is what it is, in one line for a comment: {@code ≥ 70% for 5m = as declared, … (saturation.cpu
   * 70%)}.
   *
   * @param row name of a row of {@code nines explain}, such as {@code probes.periodSeconds}
   * @throws IllegalArgumentException if there is no such row
   */
  public String why(String row) {
    Derived derived = settings
        .explanation()
        .row(row)
        .orElseThrow(() -> new IllegalArgumentException(
            "row: '" + row + "' (expected: a name that nines explain knows)"));
    return derived.value() + " = " + derived.formula() + inputs(derived.inputs());
  }

  /** Returns the lines that head each file, without the sign that makes them comments in its language. */
  public String heading(String what) {
    return what + " of " + service + "\n"
        + "Generated by 'nines generate' from its reliability.yaml: change that, and generate again.";
  }

  private static String inputs(Map<String, String> inputs) {
    return inputs.isEmpty()
        ? ""
        : inputs.entrySet().stream()
            .map(input -> input.getKey() + " " + input.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
