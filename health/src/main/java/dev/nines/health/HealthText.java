package dev.nines.health;

import dev.nines.health.HealthBody.Shown;
import dev.nines.telemetry.ServiceIdentity;
import java.nio.charset.StandardCharsets;

/**
 * Writes facts for terminals and for those who look for a word: the status alone on the first line, the service on the
 * second, then a line for each check.
 */
final class HealthText {

  private final ServiceIdentity identity;
  private final Details details;

  HealthText(ServiceIdentity identity, Details details) {
    this.identity = identity;
    this.details = details;
  }

  byte[] write(Question question, Facts facts, Shown shown) {
    StringBuilder text = new StringBuilder()
        .append(question.overall(facts).label())
        .append('\n')
        .append(identity.service())
        .append(' ')
        .append(identity.version())
        .append(HealthJson.phase(facts.state()).map(phase -> ", " + phase).orElse(""))
        .append('\n');
    for (int i = 0; shown != Shown.NOTHING && i < facts.components().size(); i++) {
      if (question.shows(facts.components().get(i))) {
        line(text, facts.components().get(i), facts.conditions().get(i), shown);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void line(StringBuilder text, Component component, Condition condition, Shown shown) {
    text.append(component.name()).append(": ").append(condition.label());
    if (shown == Shown.DETAILS) {
      details(text, component);
    }
    text.append('\n');
  }

  private void details(StringBuilder text, Component component) {
    CheckMonitor monitor = component.monitor();
    if (monitor != null) {
      times(text, monitor.state());
    }
    if (component.guard() != null) {
      text.append(", breaker ").append(component.guard().state().label());
    }
    String message = details.message(component);
    if (!message.isEmpty()) {
      text.append(": ").append(oneLine(message));
    }
  }

  private static void times(StringBuilder text, CheckState state) {
    text.append(" since ").append(state.since());
    text.append(", last success ")
        .append(state.lastSuccess() == null ? "never" : state.lastSuccess());
    text.append(", took ").append(Details.durationMillis(state)).append(" ms");
    text.append(", failed ").append(state.streaks().notHealthy()).append(" times in a row");
  }

  /** A check's message must not look like another check's line. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder(message);
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, ' ');
      }
    }
    return line.toString();
  }
}
