package dev.nines.meter;

/**
 * What a metric's values are measured in; its name ends with it.
 *
 * @param name in plural, empty for things that are only counted
 * @see <a href="https://prometheus.io/docs/practices/naming/#base-units">Prometheus: base units</a>
 */
public record Unit(String name) {

  /** Things, whatever they are: orders, users, retries. Adds nothing to the name. */
  public static final Unit COUNT = new Unit("");

  public static final Unit SECONDS = new Unit("seconds");
  public static final Unit BYTES = new Unit("bytes");

  /** A share from 0 to 1; Prometheus has no percent. */
  public static final Unit RATIO = new Unit("ratio");

  public static final Unit CELSIUS = new Unit("celsius");
  public static final Unit METERS = new Unit("meters");
  public static final Unit JOULES = new Unit("joules");
  public static final Unit GRAMS = new Unit("grams");

  public Unit {
    if (!name.isEmpty()) {
      Names.require("unit", name);
    }
    if (name.startsWith("percent")) {
      throw new IllegalArgumentException(
          "unit: " + name + " (expected: ratio, with values from 0 to 1)");
    }
  }

  /** Returns a unit that Prometheus has no word for, such as {@code euros}; in plural, and never a multiple. */
  public static Unit of(String plural) {
    return new Unit(plural);
  }
}
