package dev.nines.examples.spring.sandbox;

import dev.nines.Nines;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** Says where to look, and what to try, once the service is ready. */
final class Guide {

  private final Nines nines;
  private final Environment environment;
  private boolean told;

  Guide(Nines nines, Environment environment) {
    this.nines = nines;
    this.environment = environment;
  }

  /** On stderr, for stdout is the log. */
  @EventListener
  synchronized void tell(AvailabilityChangeEvent<ReadinessState> event) {
    if (!told && event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
      told = true;
      System.err.print(text());
    }
  }

  private String text() {
    return """
        The order service is ready. Its log is on stdout, one JSON object a line.
          orders    http://localhost:%1$s
          admin     http://localhost:%2$d/health, /ready, /metrics
        Try:
          curl --json '{"item":"book","cents":1999}' localhost:%1$s/orders
          curl localhost:%2$d/health
          curl -X POST 'localhost:%1$s/chaos/payments?mode=down'    (or orders-db; slow, up)
        Ctrl-C stops it gracefully.
        """.formatted(
        environment.getRequiredProperty("local.server.port"), nines.adminPort().orElseThrow());
  }
}
