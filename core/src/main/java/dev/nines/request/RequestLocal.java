package dev.nines.request;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that a listener keeps with each request that needs it, such as lines to be written later. It goes with the
 * exchange; requests that need none pay nothing.
 *
 * <p>Thread-safe: threads that carry a request's context see the same value.
 *
 * @param <T> what is kept
 */
public final class RequestLocal<T> {

  /** A value of one request, and those of others that keep something there. */
  static final class Entry {

    private final RequestLocal<?> key;
    private final Object value;
    private final @Nullable Entry next;

    Entry(RequestLocal<?> key, Object value, @Nullable Entry next) {
      this.key = key;
      this.value = value;
      this.next = next;
    }
  }

  /** Makes a place that no other listener shares. */
  public RequestLocal() {}

  /** Returns what is kept with that request, or null. */
  @SuppressWarnings("unchecked") // only the key that an entry was made with finds it
  public @Nullable T get(Exchange exchange) {
    for (Entry entry = exchange.locals(); entry != null; entry = entry.next) {
      if (entry.key == this) {
        return (T) entry.value;
      }
    }
    return null;
  }

  /** Returns what is kept with that request, made now if there was nothing yet. */
  public T getOrMake(Exchange exchange, Supplier<T> made) {
    T known = get(exchange);
    if (known != null) {
      return known;
    }
    synchronized (exchange) {
      T first = get(exchange);
      if (first == null) {
        first = made.get();
        exchange.locals(new Entry(this, first, exchange.locals()));
      }
      return first;
    }
  }

  /** Keeps that in place of what is kept with the request; null is nothing. */
  void set(Exchange exchange, @Nullable T value) {
    synchronized (exchange) {
      Entry others = without(exchange.locals());
      exchange.locals(value == null ? others : new Entry(this, value, others));
    }
  }

  private @Nullable Entry without(@Nullable Entry entry) {
    if (entry == null || entry.key == this) {
      return entry == null ? null : entry.next;
    }
    Entry rest = without(entry.next);
    return rest == entry.next ? entry : new Entry(entry.key, entry.value, rest);
  }
}
