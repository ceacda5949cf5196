package dev.nines.ops.prometheus;

/** Numbers as Prometheus writes them. */
final class Numbers {

  private Numbers() {}

  /** @throws NumberFormatException if the text is no number */
  static double parse(String text) {
    return switch (text) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
