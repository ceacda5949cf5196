package dev.nines.examples.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service has opened, closed in the reverse order: after the drain, or when the start fails or is interrupted
 * midway. Thread-safe.
 */
final class Resources implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private boolean closed;
  private final Thread onExit = new Thread(this::close, "quickstart-interrupted-start");

  /** Starts keeping; what is kept is closed when the JVM ends, until {@link #handOver}. */
  Resources() {
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** Opens something and keeps it; who closes meanwhile waits, so that nothing half-open is left behind. */
  synchronized <T extends AutoCloseable> T open(Supplier<T> opening) {
    if (closed) {
      throw new StartFailure("The start was interrupted");
    }
    T resource = opening.get();
    opened.push(resource);
    return resource;
  }

  /** Leaves the closing to whoever calls {@link #close}. */
  void handOver() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      LOG.debug("The JVM ends during the start", ending);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!opened.isEmpty()) {
      close(opened.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      LOG.warn("Could not close {}", resource, failure);
    }
  }
}
