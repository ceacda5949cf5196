package dev.nines;

import dev.nines.telemetry.ServiceIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out who speaks: what code says, else the environment, else the declaration. */
final class Identity {

  private static final String UNKNOWN = "unknown";

  private final Map<String, String> environment;
  private final ResourceAttributes attributes;

  Identity(Map<String, String> environment) {
    this.environment = environment;
    this.attributes =
        ResourceAttributes.parse(environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", ""));
  }

  ServiceIdentity resolve(
      @Nullable String service,
      Optional<String> declared,
      @Nullable String version,
      @Nullable String deployment) {
    return new ServiceIdentity(
        service(service, declared),
        first(version, env("SERVICE_VERSION"), attributes.get("service.version"))
            .orElse(UNKNOWN),
        first(deployment, env("ENVIRONMENT"), attributes.get("deployment.environment.name"))
            .orElse(UNKNOWN),
        first(null, attributes.get("service.instance.id"), env("HOSTNAME"))
            .orElseGet(() -> "pid-" + ProcessHandle.current().pid()));
  }

  private String service(@Nullable String service, Optional<String> declared) {
    return first(service, env("OTEL_SERVICE_NAME"), attributes.get("service.name"))
        .or(() -> declared)
        .orElseThrow(() ->
            new IllegalStateException("service: none (expected: a name in Nines.builder(name),"
                + " OTEL_SERVICE_NAME, NINES_SERVICE or reliability.yaml)"));
  }

  private @Nullable String env(String name) {
    return environment.get(name);
  }

  private static Optional<String> first(@Nullable String... candidates) {
    return Stream.of(candidates).filter(c -> c != null && !c.isBlank()).findFirst();
  }
}
