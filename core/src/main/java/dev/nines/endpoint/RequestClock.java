package dev.nines.endpoint;

import dev.nines.time.TimeSource;
import java.time.Duration;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.io.CloseMode;

/**
 * What one connection is doing, and how long it may still do it. A byte now and then doesn't move a deadline.
 *
 * <p>Its phase is changed by whoever is at work on the request, one after another; any thread may read it.
 */
final class RequestClock implements Http1StreamListener {

  /** Requests that a client may send ahead of their answers. */
  private static final int AHEAD = 16;

  /** When room is needed, an answer slower than this has a reader who doesn't read. */
  private static final long PROMPT = Duration.ofSeconds(1).toNanos();

  private enum Doing {
    HEAD,
    BODY,
    WAIT,
    ANSWER,
    IDLE
  }

  private record Phase(Doing doing, long since, long deadline) {}

  private final AdminLimits limits;
  private final TimeSource time;
  private final Runnable cut;
  private int unanswered;
  private volatile Phase phase;
  private volatile boolean inputOver;

  /** Starts with the connection; {@code cut} ends it. */
  RequestClock(AdminLimits limits, TimeSource time, Runnable cut) {
    this.limits = limits;
    this.time = time;
    this.cut = cut;
    this.phase = phase(Doing.HEAD, limits.headTime());
  }

  /** Bytes have come: if nothing was under way, they begin a request. */
  void input() {
    if (phase.doing == Doing.IDLE) {
      phase = phase(Doing.HEAD, limits.headTime());
    }
  }

  @Override
  public void onRequestHead(HttpConnection connection, HttpRequest request) {
    unanswered++;
    if (unanswered == 1) {
      phase = phase(Doing.BODY, limits.bodyTime());
    } else if (unanswered > AHEAD) {
      cut.run();
    }
  }

  /** A request has come whole; from here on it is the server's turn. */
  void requestComplete() {
    answers();
  }

  /** The client asked to wait for its answer. */
  void waits() {
    phase = phase(Doing.WAIT, Endpoint.LONGEST_WAIT.plus(limits.answerTime()));
    if (inputOver) {
      cut.run();
    }
  }

  /** The client sends nothing more. It may still read an answer, but one that waits would be held for nobody. */
  void inputOver() {
    inputOver = true;
    if (phase.doing == Doing.WAIT) {
      cut.run();
    }
  }

  /** The answer is about to be sent. */
  void answers() {
    phase = phase(Doing.ANSWER, limits.answerTime());
  }

  @Override
  public void onResponseHead(HttpConnection connection, HttpResponse response) {
    // The answer's time runs from the request to the last byte, whatever is sent first.
  }

  @Override
  public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {
    if (!keepAlive) {
      // The library itself would first wait for a body that was refused.
      connection.close(CloseMode.IMMEDIATE);
    }
    unanswered = Math.max(0, unanswered - 1);
    phase = unanswered == 0
        ? phase(Doing.IDLE, limits.idleTime())
        : phase(Doing.ANSWER, limits.answerTime());
  }

  boolean overdue(long now) {
    return now - phase.deadline >= 0;
  }

  /** Returns whether this connection may go when another needs room: it isn't being answered, or doesn't read. */
  boolean expendable(long now) {
    Phase seen = phase;
    return seen.doing != Doing.ANSWER || now - seen.since > PROMPT;
  }

  /** Returns for how long it has been doing what it does, in nanoseconds. */
  long age(long now) {
    return now - phase.since;
  }

  private Phase phase(Doing doing, Duration atMost) {
    long now = time.nanos();
    return new Phase(doing, now, now + atMost.toNanos());
  }
}
