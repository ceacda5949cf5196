package dev.nines.spring;

import dev.nines.Nines;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Lets Nines start and stop with the application: ready after its runners, and drained before anything of it stops. In the
 * highest phase it is the first to stop, while the web server still answers; what is left of Nines is closed with its bean.
 */
final class NinesLifecycle implements SmartLifecycle {

  private final Nines nines;
  private final ApplicationContext context;
  private volatile boolean running;

  NinesLifecycle(Nines nines, ApplicationContext context) {
    this.nines = nines;
    this.context = context;
  }

  /** Waits for what the service needs, and turns ready; Boot says that traffic is accepted right afterwards. */
  @EventListener
  @Order(Ordered.LOWEST_PRECEDENCE)
  void becomeReady(ApplicationReadyEvent event) {
    if (event.getApplicationContext() == context) {
      Instrumentation.tell(nines, context);
      try {
        nines.start();
      } catch (IllegalStateException e) {
        throw new NinesStartException(e.getMessage(), e);
      }
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    nines.drain();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  /** A drained instance cannot come back, so it must not be drained for a pause. */
  public boolean isPauseable() {
    return false;
  }
}
