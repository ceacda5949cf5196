package dev.nines.logging;

/** When the process ends, whoever ends it, lets no line that was logged stay behind. */
final class ExitHook {

  private final Thread thread;

  private ExitHook(Thread thread) {
    this.thread = thread;
  }

  /** Returns a hook that is set; when the shutdown has begun already, what it would do is done at once. */
  static ExitHook of(Delivery delivery) {
    Thread thread = new Thread(delivery::prepareForExit, "nines-log-exit");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException e) { // the only way to learn that the shutdown has begun
      delivery.prepareForExit();
    }
    return new ExitHook(thread);
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      return; // it is running, and finds nothing left to do
    }
  }
}
