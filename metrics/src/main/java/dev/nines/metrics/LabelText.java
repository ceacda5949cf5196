package dev.nines.metrics;

import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.stream.Collectors;

/** Labels as they stand in an exposition, {@code route="/orders",status="200"}. */
final class LabelText {

  private LabelText() {}

  static String of(List<Tag> tags) {
    return tags.stream()
        .map(tag -> tag.getKey() + "=\"" + escaped(tag.getValue()) + '"')
        .collect(Collectors.joining(","));
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** In plain text, quotes of help stay as they are. */
  static String escapedHelp(String help) {
    return help.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
