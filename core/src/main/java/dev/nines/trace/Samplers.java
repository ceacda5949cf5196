package dev.nines.trace;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Set;

/** The samplers that OpenTelemetry's variables can name. */
final class Samplers {

  private static final String NAME = "OTEL_TRACES_SAMPLER";
  private static final String RATIO = "OTEL_TRACES_SAMPLER_ARG";
  private static final String PARENT_BASED = "parentbased_";

  private static final Set<String> KNOWN = Set.of(
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio");

  private Samplers() {}

  static Sampler of(Variables variables) {
    String name = variables.choice("parentbased_always_on", KNOWN, NAME);
    return name.startsWith(PARENT_BASED)
        ? Sampler.parentBased(root(name.substring(PARENT_BASED.length()), variables))
        : root(name, variables);
  }

  private static Sampler root(String name, Variables variables) {
    return switch (name) {
      case "always_on" -> Sampler.alwaysOn();
      case "always_off" -> Sampler.alwaysOff();
      default -> Sampler.traceIdRatioBased(variables.ratio(1, RATIO));
    };
  }
}
