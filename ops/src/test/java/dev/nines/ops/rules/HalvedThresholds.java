package dev.nines.ops.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules with thresholds halved. A threshold is a number that an alert compares with; where one tier compares several windows
 * with the same number, that is one threshold.
 */
final class HalvedThresholds {

  private static final Pattern NUMBER = Pattern.compile("(?<=[<>]=? )(?!0\\b(?!\\.))\\d[\\d.]*");

  /** By which a burn ends; whatever else must hold for it to begin is above it. */
  private static final Pattern FLOOR = Pattern.compile("> 0\\.");

  /** For which budgets a tier of a fleet is: a service's own file has the tier or has it not. */
  private static final Pattern TIER = Pattern.compile("nines:budget:ratio\\{.*} [<>]=? ");

  private static final Pattern BEGINNING = Pattern.compile("- (alert|record): ");

  /** One alert: what it is called and about, and the places of each of its thresholds. */
  record Mutant(String alert, String objective, String routeClass, List<List<Place>> thresholds) {

    /** Returns whether a failed expectation is one of this alert's. */
    boolean isMeantBy(String failure) {
      return failure.contains("alertname=\\\"" + alert + "\\\"")
          && (objective.isEmpty() || failure.contains("objective=\\\"" + objective + "\\\""))
          && (routeClass.isEmpty() || failure.contains("route_class=\\\"" + routeClass + "\\\""));
    }

    @Override
    public String toString() {
      return alert + " " + objective + " " + routeClass;
    }
  }

  record Place(int line, int from, int to) {}

  private final List<String> lines;
  private final List<Mutant> alerts = new ArrayList<>();

  HalvedThresholds(String rules) {
    lines = rules.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("- alert: ")) {
        Mutant alert = read(i);
        if (!alert.thresholds().isEmpty()) {
          alerts.add(alert);
        }
      }
    }
  }

  List<Mutant> alerts() {
    return alerts;
  }

  /** Returns the most thresholds that an alert has. */
  int most() {
    return alerts.stream().mapToInt(alert -> alert.thresholds().size()).max().orElse(0);
  }

  /** Returns the rules with one threshold of each of these alerts halved. */
  String halved(Map<Mutant, Integer> chosen) {
    List<StringBuilder> text = lines.stream().map(StringBuilder::new).toList();
    chosen.forEach((alert, which) -> {
      List<Place> places = alert.thresholds().get(which);
      for (int i = places.size() - 1; i >= 0; i--) {
        Place place = places.get(i);
        StringBuilder line = text.get(place.line());
        String half = new BigDecimal(line.substring(place.from(), place.to()))
            .divide(BigDecimal.valueOf(2))
            .toPlainString();
        line.replace(place.from(), place.to(), half);
      }
    });
    return String.join("\n", text) + "\n";
  }

  private Mutant read(int first) {
    String alert = lines.get(first).substring(lines.get(first).indexOf(": ") + 2);
    Map<String, List<Place>> thresholds = new LinkedHashMap<>();
    String objective = "";
    String routeClass = "";
    int tier = 0;
    for (int i = first + 1; i < lines.size() && !BEGINNING.matcher(lines.get(i)).find(); i++) {
      String line = lines.get(i);
      if (line.startsWith("          objective: ")) {
        objective = value(line);
      } else if (line.startsWith("          route_class: ")) {
        routeClass = value(line);
      } else if (line.startsWith("          ") && !line.contains(": \"")) {
        tier += line.contains(") or (") ? 1 : 0;
        Matcher number = NUMBER.matcher(line);
        boolean bound = TIER.matcher(line).find()
            || alert.endsWith("Burn") && FLOOR.matcher(line).find();
        while (!bound && number.find()) {
          thresholds
              .computeIfAbsent(tier + "/" + number.group(), key -> new ArrayList<>())
              .add(new Place(i, number.start(), number.end()));
        }
      }
    }
    return new Mutant(alert, objective, routeClass, List.copyOf(thresholds.values()));
  }

  private static String value(String line) {
    return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
  }
}
