package dev.nines.logging;

import ch.qos.logback.classic.Level;
import java.io.OutputStream;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the services of one process must agree on, for Logback has one of each.
 *
 * @param level of the root logger; null leaves what is configured
 * @param redacting names of secrets beside the known ones, normalized
 * @param personal what else is redacted
 * @param layout of lines, where an encoder has none of its own
 * @param out where lines go; null is standard output
 * @param synchronous whether a call returns only when its line is out
 * @param takingOver whether our appender takes the place of those that write to the console
 * @param stormLimit how many lines a second may say the same at WARN and above; 0 for any number
 */
record LogSettings(
    @Nullable Level level,
    Set<String> redacting,
    Set<PersonalData> personal,
    Layout layout,
    @Nullable OutputStream out,
    boolean synchronous,
    boolean takingOver,
    int stormLimit) {

  /** What zap's production settings let pass of the same message; see {@link Storm#BURST_SECONDS} for the first ones. */
  static final int STORM_LIMIT = 100;

  private static final int MOST_STORM_LIMIT = 1_000_000;

  LogSettings {
    redacting = Set.copyOf(redacting);
    personal = Set.copyOf(personal);
    if (stormLimit < 0 || stormLimit > MOST_STORM_LIMIT) {
      throw new IllegalArgumentException("stormLimit: " + stormLimit
          + " (expected: lines per second, 1 to " + MOST_STORM_LIMIT + ", or 0 for any number)");
    }
  }

  static LogSettings defaults(@Nullable OutputStream out) {
    return new LogSettings(null, Set.of(), Set.of(), Layout.NINES, out, false, true, STORM_LIMIT);
  }

  LogSettings level(@Nullable Level root) {
    return new LogSettings(
        root, redacting, personal, layout, out, synchronous, takingOver, stormLimit);
  }

  LogSettings redacting(Set<String> more) {
    Set<String> all = new TreeSet<>(redacting);
    all.addAll(more);
    return new LogSettings(level, all, personal, layout, out, synchronous, takingOver, stormLimit);
  }

  LogSettings redacting(PersonalData more) {
    Set<PersonalData> all = new TreeSet<>(personal);
    all.add(more);
    return new LogSettings(level, redacting, all, layout, out, synchronous, takingOver, stormLimit);
  }

  LogSettings layout(Layout lines) {
    return new LogSettings(
        level, redacting, personal, lines, out, synchronous, takingOver, stormLimit);
  }

  LogSettings synchronous(boolean on) {
    return new LogSettings(level, redacting, personal, layout, out, on, takingOver, stormLimit);
  }

  LogSettings takingOver(boolean on) {
    return new LogSettings(level, redacting, personal, layout, out, synchronous, on, stormLimit);
  }

  LogSettings stormLimit(int perSecond) {
    return new LogSettings(
        level, redacting, personal, layout, out, synchronous, takingOver, perSecond);
  }

  @Override
  public String toString() {
    return "level="
        + (level == null ? "as configured" : level)
        + ", redacting="
        + new TreeSet<>(redacting)
        + ", personal="
        + new TreeSet<>(personal)
        + ", layout="
        + layout.label()
        + ", out="
        + (out == null ? "stdout" : out)
        + (synchronous ? ", synchronous" : "")
        + (takingOver ? "" : ", appenders as configured")
        + (stormLimit == STORM_LIMIT ? "" : ", stormLimit=" + stormLimit);
  }
}
