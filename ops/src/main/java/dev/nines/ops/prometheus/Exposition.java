package dev.nines.ops.prometheus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Prometheus' text format, and as much of OpenMetrics as the two share; comments, timestamps and exemplars are passed
 * over.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus, exposition formats</a>
 */
public final class Exposition {

  private final String line;
  private int at;

  private Exposition(String line) {
    this.line = line;
  }

  /**
   * Returns the samples that a page of metrics shows.
   *
   * @throws IOException if a line is none of the format's; the message names it by its number
   */
  public static List<Sample> parse(String page) throws IOException {
    List<Sample> samples = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) page.lines()::iterator) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        samples.add(new Exposition(line).sample());
      } catch (StringIndexOutOfBoundsException | NumberFormatException nonsense) {
        throw new IOException("line " + number + " is no metric", nonsense);
      }
    }
    return samples;
  }

  private Sample sample() {
    String name = upTo(" \t{");
    Map<String, String> labels = new HashMap<>();
    if (line.charAt(at) == '{') {
      at++;
      while (skipBlanks() != '}') {
        label(labels);
      }
      at++;
    }
    skipBlanks();
    int end = at;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    return new Sample(name, labels, Numbers.parse(line.substring(at, end)));
  }

  private void label(Map<String, String> labels) {
    String name = upTo("=").strip();
    at++;
    skipBlanks();
    StringBuilder value = new StringBuilder();
    for (at++; line.charAt(at) != '"'; at++) {
      value.append(line.charAt(at) == '\\' ? escaped(line.charAt(++at)) : line.charAt(at));
    }
    at++;
    if (skipBlanks() == ',') {
      at++;
    }
    labels.put(name, value.toString());
  }

  private static char escaped(char c) {
    return c == 'n' ? '\n' : c;
  }

  private String upTo(String ends) {
    int from = at;
    while (ends.indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return line.substring(from, at);
  }

  private char skipBlanks() {
    while (line.charAt(at) == ' ' || line.charAt(at) == '\t') {
      at++;
    }
    return line.charAt(at);
  }
}
