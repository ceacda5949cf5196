package dev.nines.spring;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.health.HealthEndpoints;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.event.EventListener;

/** Fails while the application says that it is broken, and takes liveness away. Thread-safe. */
final class LivenessCheck implements LocalCheck, HealthEndpointsCustomizer {

  private volatile LivenessState state = LivenessState.CORRECT;

  @EventListener
  void hear(AvailabilityChangeEvent<LivenessState> event) {
    state = event.getState();
  }

  @Override
  public CheckResult run(CheckRun run) {
    return state == LivenessState.CORRECT
        ? CheckResult.healthy()
        : CheckResult.unhealthy("The application says that it is broken");
  }

  @Override
  public HealthEndpoints customize(HealthEndpoints endpoints) {
    return endpoints.live("application", this);
  }
}
