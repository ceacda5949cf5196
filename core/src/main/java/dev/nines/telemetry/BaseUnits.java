package dev.nines.telemetry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words that name units, and the base unit that Prometheus asks for in their place.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/#base-units">Prometheus: base units</a>
 */
final class BaseUnits {

  private static final Map<String, String> BASES = Map.ofEntries(
      Map.entry("amperes", "amperes"),
      Map.entry("bytes", "bytes"),
      Map.entry("celsius", "celsius"),
      Map.entry("grams", "grams"),
      Map.entry("joules", "joules"),
      Map.entry("kelvin", "kelvin"),
      Map.entry("meters", "meters"),
      Map.entry("metres", "metres"),
      Map.entry("seconds", "seconds"),
      Map.entry("volts", "volts"),
      Map.entry("minutes", "seconds"),
      Map.entry("hours", "seconds"),
      Map.entry("days", "seconds"),
      Map.entry("weeks", "seconds"),
      Map.entry("kelvins", "kelvin"),
      Map.entry("fahrenheit", "celsius"),
      Map.entry("rankine", "celsius"),
      Map.entry("inches", "meters"),
      Map.entry("yards", "meters"),
      Map.entry("miles", "meters"),
      Map.entry("bits", "bytes"),
      Map.entry("calories", "joules"),
      Map.entry("pounds", "grams"),
      Map.entry("ounces", "grams"));
  private static final List<String> PREFIXES = List.of(
      "", "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi",
      "mega", "mibi", "giga", "gibi", "tera", "tebi", "peta", "pebi");
  private static final Map<String, Word> WORDS = words();

  /** A word, and the base unit of what it measures. */
  record Word(String word, String base) {}

  private BaseUnits() {}

  /** Returns the unit that a name says; one that is no base unit, if there is more than one. */
  static Optional<Word> ofName(String name) {
    Word found = null;
    for (String part : name.split("_", -1)) {
      Word word = WORDS.get(part);
      if (word != null && (found == null || found.word.equals(found.base))) {
        found = word;
      }
    }
    return Optional.ofNullable(found);
  }

  private static Map<String, Word> words() {
    Map<String, Word> words = new HashMap<>();
    BASES.forEach((unit, base) ->
        PREFIXES.forEach(prefix -> words.put(prefix + unit, new Word(prefix + unit, base))));
    return Map.copyOf(words);
  }
}
