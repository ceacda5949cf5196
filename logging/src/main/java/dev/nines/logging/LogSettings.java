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
 * @param out where lines go; null is standard output
 */
record LogSettings(
    @Nullable Level level,
    Set<String> redacting,
    Set<PersonalData> personal,
    @Nullable OutputStream out) {

  LogSettings {
    redacting = Set.copyOf(redacting);
    personal = Set.copyOf(personal);
  }

  @Override
  public String toString() {
    return "level="
        + (level == null ? "as configured" : level)
        + ", redacting="
        + new TreeSet<>(redacting)
        + ", personal="
        + new TreeSet<>(personal)
        + ", out="
        + (out == null ? "stdout" : out);
  }
}
