package dev.nines.spring;

import dev.nines.health.HealthEndpoints;

/**
 * A bean that adds checks, groups and listeners to the standard health endpoints; several are asked in their order. Where the
 * service has a {@link HealthEndpoints} bean of its own, they are not.
 */
@FunctionalInterface
public interface HealthEndpointsCustomizer {

  /** Returns the endpoints with what is added. */
  HealthEndpoints customize(HealthEndpoints endpoints);
}
