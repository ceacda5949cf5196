package dev.nines.spring;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;

/** Makes the instance unready while the application says that it refuses traffic. Thread-safe. */
final class AvailabilityBridge implements Feature {

  private volatile ReadinessState application = ReadinessState.REFUSING_TRAFFIC;

  @EventListener
  void hear(AvailabilityChangeEvent<ReadinessState> event) {
    if (!(event.getSource() instanceof FromNines)) {
      application = event.getState();
    }
  }

  @Override
  public String name() {
    return "spring-availability";
  }

  @Override
  public void install(FeatureContext context) {
    context.lifecycle().readyWhile(() -> application == ReadinessState.ACCEPTING_TRAFFIC);
  }
}
