package dev.nines.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exposition in plain text, read as a scraper would. Empty labels are absent labels. */
record Exposition(Map<String, String> types, Map<String, String> helps, List<Sample> samples) {

  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:]\\w*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  record Sample(String name, Map<String, String> labels, double value) {}

  static Exposition parse(String text) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> helps = new LinkedHashMap<>();
    List<Sample> samples = new java.util.ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# TYPE ")) {
        types.put(words[2], words[3]);
      } else if (line.startsWith("# HELP ")) {
        helps.put(words[2], words.length > 3 ? words[3] : "");
      } else if (!line.startsWith("#")) {
        samples.add(sample(line));
      }
    }
    return new Exposition(types, helps, samples);
  }

  /** Returns the value of the one series with these labels, given as name, value, name, value. */
  double value(String name, String... labels) {
    List<Sample> found = samples(name, labels);
    if (found.size() != 1) {
      throw new AssertionError(name + List.of(labels) + ": found " + found);
    }
    return found.get(0).value;
  }

  List<Sample> samples(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name.equals(name))
        .filter(sample -> {
          for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
              return false;
            }
          }
          return true;
        })
        .toList();
  }

  /** Returns the names of all labels of a metric's samples, {@code le} apart. */
  Set<String> labels(String name) {
    Set<String> labels = new TreeSet<>();
    samples(name).forEach(sample -> labels.addAll(sample.labels.keySet()));
    labels.remove("le");
    return labels;
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not a sample: " + line);
    }
    Map<String, String> labels = new LinkedHashMap<>();
    if (matcher.group(2) != null) {
      Matcher label = LABEL.matcher(matcher.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    double value = matcher.group(3).equals("+Inf")
        ? Double.POSITIVE_INFINITY
        : Double.parseDouble(matcher.group(3));
    return new Sample(matcher.group(1), labels, value);
  }
}
