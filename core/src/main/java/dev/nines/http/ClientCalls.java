package dev.nines.http;

import dev.nines.dependency.Attempt;
import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What the adapters of HTTP clients have in common. */
final class ClientCalls {

  static final String TRACEPARENT = "traceparent";
  static final String TRACESTATE = "tracestate";

  /** Says that the server knows a request again that it has seen; see the IETF's draft-ietf-httpapi-idempotency-key-header. */
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  static final String RETRY_AFTER = "Retry-After";

  /** The guard speaks first at the deadline; the client's own timeout is there in case that goes unheard. */
  private static final Duration BACKSTOP = Duration.ofMillis(10);

  private ClientCalls() {}

  /** Sends a request by a client that blocks. */
  @FunctionalInterface
  interface Sending<T> {

    T send(Attempt attempt) throws IOException;
  }

  /** Returns how long the client itself may wait. */
  static Duration timeout(Attempt attempt) {
    return attempt.remaining().plus(BACKSTOP);
  }

  /** Returns the same, but no more than the client's own timeout; zero is none. */
  static long timeoutNanos(Attempt attempt, long ownNanos) {
    long most = timeout(attempt).toNanos();
    return ownNanos > 0 ? Math.min(ownNanos, most) : most;
  }

  /** Returns whether there is a context to be sent in place of what the request has. */
  static boolean isTraced(Attempt attempt) {
    return attempt.span().getSpanContext().isValid();
  }

  static boolean isTraceHeader(String name) {
    return TRACEPARENT.equalsIgnoreCase(name) || TRACESTATE.equalsIgnoreCase(name);
  }

  /**
   * Makes a guarded call by a client whose answers hold a connection. One that is not handed out, because the call is
   * repeated, is closed.
   *
   * @param cancelled whether the caller gave the call up: then the guard hears of no failure
   */
  static <T extends Closeable> T call(
      Guard guard, HttpCall<? super T> http, Sending<T> sending, BooleanSupplier cancelled)
      throws IOException {
    HeldAnswer<T> held = new HeldAnswer<>();
    boolean answered = false;
    try {
      T answer = guard.http(http, attempt -> {
        held.close();
        return held.hold(sent(sending, attempt, cancelled));
      });
      answered = true;
      return answer;
    } catch (GivenUpException e) {
      throw e.thrown();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      if (!answered) {
        held.close();
      }
    }
  }

  private static <T> T sent(Sending<T> sending, Attempt attempt, BooleanSupplier cancelled)
      throws IOException, GivenUpException {
    try {
      return sending.send(attempt);
    } catch (IOException e) {
      if (cancelled.getAsBoolean()) {
        throw new GivenUpException(e);
      }
      throw e;
    }
  }

  /** The caller cancelled its request; to a guard that is an interruption. */
  private static final class GivenUpException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    private final IOException thrown;

    GivenUpException(IOException thrown) {
      this.thrown = thrown;
    }

    IOException thrown() {
      return thrown;
    }
  }
}
