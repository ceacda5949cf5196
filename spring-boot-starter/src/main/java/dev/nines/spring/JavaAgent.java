package dev.nines.spring;

import dev.nines.NinesBuilder;
import io.opentelemetry.api.GlobalOpenTelemetry;

/** OpenTelemetry's Java agent, which opens a server span around each request, outside of any filter. */
final class JavaAgent {

  /** Among the classes of the JVM itself once it runs; a jar that merely lies on the class path is no agent. */
  private static final String RUNNING = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

  private static final boolean PRESENT = find();

  private JavaAgent() {}

  static boolean isPresent() {
    return PRESENT;
  }

  private static boolean find() {
    try {
      Class.forName(RUNNING, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Where it is, its spans are the requests', and ours are made by its OpenTelemetry, which it makes the global one. */
  static void lend(NinesBuilder builder) {
    if (isPresent()) {
      builder.joinServerSpans().openTelemetry(GlobalOpenTelemetry.get());
    }
  }
}
