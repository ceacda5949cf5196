package dev.nines.health.checks;

import dev.nines.dependency.CheckRun;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A run that the test cuts short. */
final class TestRun implements CheckRun {

  private final Duration timeout;
  private final AtomicReference<Runnable> abort = new AtomicReference<>(() -> {});

  TestRun(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public void onAbort(Runnable action) {
    abort.set(action);
  }

  void abort() {
    abort.get().run();
  }
}
