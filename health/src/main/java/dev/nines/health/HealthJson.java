package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes facts as bodies. Strangers get statuses; messages, times and counts are for the authorized. */
final class HealthJson {

  /** What a cache must know, though it may not store: the same path has two forms. */
  private static final Map<String, String> HEADERS = Map.of("Vary", "Accept");

  private final JsonMapper mapper = new JsonMapper();
  private final ServiceIdentity identity;
  private final TimeSource time;

  HealthJson(ServiceIdentity identity, TimeSource time) {
    this.identity = identity;
    this.time = time;
  }

  EndpointResponse render(View view, Format format, Facts facts, boolean authorized) {
    Condition overall = view.overall(facts);
    ObjectNode body = mapper.createObjectNode();
    head(body, format, overall, facts.state());
    ObjectNode checks = body.putObject("checks");
    for (int i = 0; i < facts.components().size(); i++) {
      if (view.shows(facts.components().get(i))) {
        check(checks, format, facts.components().get(i), facts.conditions().get(i), authorized);
      }
    }
    return new EndpointResponse(
        overall.serves() ? 200 : 503,
        format.contentType(),
        mapper.writeValueAsBytes(body),
        HEADERS);
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
      phase(body, state);
    }
  }

  /** Tells why an instance without a failure refuses traffic; while all is normal there is nothing to tell. */
  private static void phase(ObjectNode body, Lifecycle.State state) {
    switch (state) {
      case STARTING -> body.put("state", "starting");
      case DRAINING -> body.put("state", "draining");
      case STOPPED -> body.put("state", "stopped");
      case READY -> {}
    }
  }

  private void check(
      ObjectNode checks,
      Format format,
      Component component,
      Condition condition,
      boolean authorized) {
    if (format == Format.DRAFT) {
      ObjectNode check = checks.putArray(component.name()).addObject();
      check.put("componentType", component.kind().draft());
      check.put("status", condition.draft());
      if (authorized) {
        draftDetails(check, component);
      }
    } else {
      ObjectNode check = checks.putObject(component.name());
      check.put("status", condition.label());
      if (authorized) {
        details(check, component);
      }
    }
  }

  private void details(ObjectNode check, Component component) {
    CheckMonitor monitor = component.monitor();
    if (monitor != null) {
      CheckState state = monitor.state();
      check.put("message", message(monitor, state));
      check.put("since", state.since().toString());
      check.put("lastSuccess", text(state.lastSuccess()));
      check.put("durationMs", TimeUnit.NANOSECONDS.toMillis(state.durationNanos()));
      check.put("consecutiveFailures", state.streaks().notHealthy());
      check.put("stuckThreads", monitor.stuckThreads());
    }
    if (component.guard() != null) {
      check.put("breaker", component.guard().state().label());
    }
  }

  private void draftDetails(ObjectNode check, Component component) {
    CheckMonitor monitor = component.monitor();
    if (monitor != null) {
      CheckState state = monitor.state();
      check.put(
          "time", time.now().minusNanos(time.nanos() - state.resultNanos()).toString());
      check.put("observedValue", TimeUnit.NANOSECONDS.toMillis(state.durationNanos()));
      check.put("observedUnit", "ms");
      check.put("output", message(monitor, state));
    }
  }

  private String message(CheckMonitor monitor, CheckState state) {
    return state.stale(time.nanos(), monitor.timings().staleAfter())
        ? "the last result is too old"
        : state.message();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
