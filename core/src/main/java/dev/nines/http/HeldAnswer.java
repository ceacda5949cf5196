package dev.nines.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The answer that holds a connection at the moment, until it is somebody's to close. Thread-safe. */
final class HeldAnswer<T extends Closeable> implements Closeable {

  private final AtomicReference<@Nullable T> answer = new AtomicReference<>();

  T hold(T newest) {
    answer.set(newest);
    return newest;
  }

  /** Closes what is held; a connection that cannot be closed in order is of no use to anybody. */
  @Override
  public void close() {
    T held = answer.getAndSet(null);
    if (held != null) {
      try {
        held.close();
      } catch (IOException e) {
        // it was given up anyway
      }
    }
  }
}
