package dev.nines.targets;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which values are written in a file or a variable. */
enum ValueKind {
  NAME("a name in text; quote a number") {
    @Override
    Object parse(String text) {
      return text;
    }
  },
  PERCENTAGE("a percentage such as 99.9%") {
    @Override
    Object parse(String text) {
      if (!text.endsWith("%")) {
        throw refused(text);
      }
      return Ratios.percent(text);
    }
  },
  DURATION(Durations.EXPECTED) {
    @Override
    Object parse(String text) {
      return Durations.parse(text);
    }
  },
  RATE("a rate such as 200/s, 5000/m or 10/h") {
    @Override
    Object parse(String text) {
      Matcher matcher = RATE_FORM.matcher(text);
      if (!matcher.matches()) {
        throw refused(text);
      }
      BigDecimal period = SECONDS.get(matcher.group(2));
      return new BigDecimal(matcher.group(1)).divide(period, MathContext.DECIMAL64);
    }
  },
  TRUTH("true or false") {
    @Override
    Object parse(String text) {
      if (!List.of("true", "false").contains(text)) {
        throw refused(text);
      }
      return Boolean.valueOf(text);
    }
  },
  TRUST("callers or none") {
    @Override
    Object parse(String text) {
      if (!List.of("callers", "none").contains(text)) {
        throw refused(text);
      }
      return TraceRules.Trust.valueOf(text.toUpperCase(Locale.ROOT));
    }
  },
  ON_FAILURE("degrade or unready") {
    @Override
    Object parse(String text) {
      if (!List.of("degrade", "unready").contains(text)) {
        throw refused(text);
      }
      return DependencyTargets.OnFailure.valueOf(text.toUpperCase(Locale.ROOT));
    }
  };

  private static final Pattern RATE_FORM =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?/ ?([smh])");
  private static final Map<String, BigDecimal> SECONDS =
      Map.of("s", BigDecimal.ONE, "m", BigDecimal.valueOf(60), "h", BigDecimal.valueOf(3600));
  private static final Pattern BARE_NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");

  private final String expected;

  ValueKind(String expected) {
    this.expected = expected;
  }

  /**
   * Reads a value.
   *
   * @throws InvalidTargetsException if it is written in another way; the caller says where
   */
  abstract Object parse(String text);

  /** Returns what to write instead of {@code text}; a number without a unit gets the two things it might mean. */
  String expected(String text) {
    if (!BARE_NUMBER.matcher(text).matches()) {
      return expected;
    }
    return switch (this) {
      case PERCENTAGE ->
        expected + "; a bare number is ambiguous: write " + text + "% or "
            + Ratios.format(new BigDecimal(text));
      case DURATION ->
        expected + "; a number needs its unit: write " + text + "s or " + text + "ms";
      case RATE -> expected + "; a number needs its unit: write " + text + "/s";
      default -> expected;
    };
  }

  InvalidTargetsException refused(String text) {
    return new InvalidTargetsException(text);
  }
}
