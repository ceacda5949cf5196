package dev.nines.health;

import dev.nines.health.HealthBody.Shown;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.telemetry.ServiceIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes facts as JSON: in our own form, or in the draft's. */
final class HealthJson {

  private static final Question EVERYTHING = Question.all(View.HEALTH);

  private final JsonMapper mapper = new JsonMapper();
  private final ServiceIdentity identity;
  private final Details details;

  HealthJson(ServiceIdentity identity, Details details) {
    this.identity = identity;
    this.details = details;
  }

  byte[] write(Question question, Format format, Facts facts, Shown shown) {
    ObjectNode body = mapper.createObjectNode();
    head(body, format, question.overall(facts), facts.state());
    if (shown != Shown.NOTHING) {
      checks(body.putObject("checks"), question, format, facts, shown == Shown.DETAILS);
    }
    if (shown == Shown.DETAILS && format == Format.DEFAULT && question.equals(EVERYTHING)) {
      RecoveryJson.write(body.putObject("recovery"), facts.recovery());
    }
    return mapper.writeValueAsBytes(body);
  }

  private void head(ObjectNode body, Format format, Condition overall, Lifecycle.State state) {
    if (format == Format.DRAFT) {
      body.put("status", overall.draft());
      body.put("serviceId", identity.service());
      body.put("releaseId", identity.version());
    } else {
      body.put("status", overall.label());
      body.put("service", identity.service());
      body.put("version", identity.version());
      phase(state).ifPresent(phase -> body.put("state", phase));
    }
  }

  /** Tells why an instance without a failure refuses traffic; while all is normal there is nothing to tell. */
  static Optional<String> phase(Lifecycle.State state) {
    return switch (state) {
      case STARTING -> Optional.of("starting");
      case DRAINING -> Optional.of("draining");
      case STOPPED -> Optional.of("stopped");
      case READY -> Optional.empty();
    };
  }

  private void checks(
      ObjectNode checks, Question question, Format format, Facts facts, boolean detailed) {
    for (int i = 0; i < facts.components().size(); i++) {
      Component component = facts.components().get(i);
      Condition condition = facts.conditions().get(i);
      if (!question.shows(component)) {
        continue;
      }
      if (format == Format.DRAFT) {
        draft(checks.putArray(component.name()).addObject(), component, condition, detailed);
      } else {
        own(checks.putObject(component.name()), component, condition, detailed);
      }
    }
  }

  private void own(ObjectNode check, Component component, Condition condition, boolean detailed) {
    check.put("status", condition.label());
    CheckMonitor monitor = component.monitor();
    if (detailed && monitor != null) {
      check.put("message", details.message(component));
      times(check, monitor.state());
      check.put("stuckThreads", monitor.stuckThreads());
    }
    if (detailed && component.guard() != null) {
      check.put("breaker", component.guard().state().label());
    }
  }

  /** The draft's keys, and ours beside them, which section 4.10 allows. */
  private void draft(ObjectNode check, Component component, Condition condition, boolean detailed) {
    check.put("componentType", component.kind().draft());
    check.put("status", condition.draft());
    CheckMonitor monitor = component.monitor();
    if (detailed && monitor != null) {
      CheckState state = monitor.state();
      check.put("time", details.resultAt(state).toString());
      check.put("observedValue", Details.durationMillis(state));
      check.put("observedUnit", "ms");
      if (condition != Condition.HEALTHY) {
        check.put("output", details.message(component));
      }
      times(check, state);
    }
  }

  private static void times(ObjectNode check, CheckState state) {
    check.put("since", state.since().toString());
    check.put("lastSuccess", text(state.lastSuccess()));
    check.put("durationMs", Details.durationMillis(state));
    check.put("consecutiveFailures", state.streaks().notHealthy());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
