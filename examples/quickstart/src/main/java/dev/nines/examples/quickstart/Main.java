package dev.nines.examples.quickstart;

import java.io.UncheckedIOException;

/** Starts the quickstart; see {@link Config} for the environment variables that it reads. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // Read once, when the JDK's HttpServer loads: without it each answer on a kept connection waits
    // 40 ms for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      // On stderr, for stdout is the log.
      System.err.print(Quickstart.start(Config.from(System.getenv())));
    } catch (StartFailure
        | IllegalArgumentException
        | IllegalStateException
        | UncheckedIOException failure) {
      System.err.println(failure.getMessage());
      System.exit(1);
    }
  }
}
