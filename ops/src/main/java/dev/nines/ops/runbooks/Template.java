package dev.nines.ops.runbooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places to fill in: {@code ${service}}. */
record Template(String text) {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]+)}");

  /** Reads a text that comes with the generator. */
  static Template named(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name + ".md")) {
      if (in == null) {
        throw new IllegalStateException("There is no " + name + ".md");
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text with each place filled in by what the function gives for its name. */
  String fill(UnaryOperator<String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.apply(place.group(1))));
  }
}
