package dev.nines.spring;

import dev.nines.health.HealthEndpoints;
import dev.nines.health.HealthListener;
import dev.nines.health.ReadinessChange;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;

/** Lets Boot's readiness follow that of Nines: a check that takes the one away takes the other. Thread-safe. */
final class ReadinessPublisher implements HealthEndpointsCustomizer, HealthListener, FromNines {

  private final ConfigurableApplicationContext context;

  ReadinessPublisher(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @Override
  public HealthEndpoints customize(HealthEndpoints endpoints) {
    return endpoints.onChange(this);
  }

  @Override
  public void readinessChanged(ReadinessChange change) {
    if (context.isActive()) {
      AvailabilityChangeEvent.publish(
          context,
          this,
          change.ready() ? ReadinessState.ACCEPTING_TRAFFIC : ReadinessState.REFUSING_TRAFFIC);
    }
  }
}
