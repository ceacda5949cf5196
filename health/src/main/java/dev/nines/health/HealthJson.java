package dev.nines.health;

import dev.nines.health.HealthBody.Shown;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.telemetry.ServiceIdentity;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes facts as JSON: in our own form, or in the draft's. By a generator, since a mapper would load some 400 classes more at
 * a service's start.
 */
final class HealthJson {

  private static final Question EVERYTHING = Question.all(View.HEALTH);

  private final JsonFactory factory = new JsonFactory();
  private final ServiceIdentity identity;
  private final Details details;

  HealthJson(ServiceIdentity identity, Details details) {
    this.identity = identity;
    this.details = details;
  }

  byte[] write(Question question, Format format, Facts facts, Shown shown) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator body = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      body.writeStartObject();
      head(body, format, question.overall(facts), facts.state());
      if (shown != Shown.NOTHING) {
        body.writeObjectPropertyStart("checks");
        checks(body, question, format, facts, shown == Shown.DETAILS);
        body.writeEndObject();
      }
      if (shown == Shown.DETAILS && format == Format.DEFAULT && question.equals(EVERYTHING)) {
        body.writeName("recovery");
        RecoveryJson.write(body, facts.recovery());
      }
      body.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void head(JsonGenerator body, Format format, Condition overall, Lifecycle.State state) {
    if (format == Format.DRAFT) {
      body.writeStringProperty("status", overall.draft());
      body.writeStringProperty("serviceId", identity.service());
      body.writeStringProperty("releaseId", identity.version());
    } else {
      body.writeStringProperty("status", overall.label());
      body.writeStringProperty("service", identity.service());
      body.writeStringProperty("version", identity.version());
      phase(state).ifPresent(phase -> body.writeStringProperty("state", phase));
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
      JsonGenerator body, Question question, Format format, Facts facts, boolean detailed) {
    for (int i = 0; i < facts.components().size(); i++) {
      Component component = facts.components().get(i);
      Condition condition = facts.conditions().get(i);
      if (!question.shows(component)) {
        continue;
      }
      if (format == Format.DRAFT) {
        body.writeArrayPropertyStart(component.name());
        draft(body, component, condition, detailed);
        body.writeEndArray();
      } else {
        body.writeName(component.name());
        own(body, component, condition, detailed);
      }
    }
  }

  private void own(JsonGenerator body, Component component, Condition condition, boolean detailed) {
    body.writeStartObject();
    body.writeStringProperty("status", condition.label());
    CheckMonitor monitor = component.monitor();
    if (detailed && monitor != null) {
      body.writeStringProperty("message", details.message(component));
      times(body, monitor.state());
      body.writeNumberProperty("stuckThreads", monitor.stuckThreads());
    }
    if (detailed && component.guard() != null) {
      body.writeStringProperty("breaker", component.guard().state().label());
    }
    body.writeEndObject();
  }

  /** The draft's keys, and ours beside them, which section 4.10 allows. */
  private void draft(
      JsonGenerator body, Component component, Condition condition, boolean detailed) {
    body.writeStartObject();
    body.writeStringProperty("componentType", component.kind().draft());
    body.writeStringProperty("status", condition.draft());
    CheckMonitor monitor = component.monitor();
    if (detailed && monitor != null) {
      CheckState state = monitor.state();
      body.writeStringProperty("time", details.resultAt(state).toString());
      body.writeNumberProperty("observedValue", Details.durationMillis(state));
      body.writeStringProperty("observedUnit", "ms");
      if (condition != Condition.HEALTHY) {
        body.writeStringProperty("output", details.message(component));
      }
      times(body, state);
    }
    body.writeEndObject();
  }

  private static void times(JsonGenerator body, CheckState state) {
    body.writeStringProperty("since", state.since().toString());
    body.writeStringProperty("lastSuccess", text(state.lastSuccess()));
    body.writeNumberProperty("durationMs", Details.durationMillis(state));
    body.writeNumberProperty("consecutiveFailures", state.streaks().notHealthy());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
