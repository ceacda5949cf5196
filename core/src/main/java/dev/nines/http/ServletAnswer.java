package dev.nines.http;

import dev.nines.request.Exchange;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How far the answer to one servlet request has come, through all its dispatches; it ends the exchange, once. */
final class ServletAnswer implements AsyncListener {

  private static final int SERVER_ERROR = 500;

  private final HttpServletResponse response;
  private final Exchange exchange;
  private final HttpAdapters adapters;
  private boolean listening;
  private volatile boolean answered;

  private volatile @Nullable IOException readFailure;
  private volatile @Nullable IOException writeFailure;
  private volatile @Nullable PrintWriter writer;
  private volatile boolean timedOut;
  private long read;
  private long written;
  private boolean uncounted;

  ServletAnswer(HttpServletResponse response, Exchange exchange, HttpAdapters adapters) {
    this.response = response;
    this.exchange = exchange;
    this.adapters = adapters;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Returns a view whose streams tell of aborts; the same, if an earlier dispatch made one. */
  HttpServletRequest observed(HttpServletRequest request) {
    return request instanceof ObservedServletRequest
        ? request
        : new ObservedServletRequest(request, this);
  }

  HttpServletResponse observed(HttpServletResponse answered) {
    return answered instanceof ObservedServletResponse
        ? answered
        : new ObservedServletResponse(answered, this);
  }

  void read(long bytes) {
    read += bytes;
  }

  void wrote(long bytes) {
    answered = true;
    written += bytes;
  }

  void writesWith(PrintWriter used, boolean counted) {
    answered = true;
    writer = used;
    uncounted |= !counted;
  }

  /** Hears that what was written so far will not be sent. */
  void forgotBody() {
    written = 0;
  }

  /** Hears that the application chose a status: the container, too, sets one when it meets a broken body. */
  void statusChosen() {
    answered = true;
  }

  /** Hears that the request's body could not be read: an abort, unless the handler still answers. */
  void readFailed(IOException cause) {
    readFailure = cause;
  }

  /** Hears that the answer could not be written: an abort, whatever the handler does next. */
  void writeFailed(IOException cause) {
    writeFailure = cause;
  }

  /** Hears that a dispatch returned: the end, unless an asynchronous cycle goes on. */
  void returned(HttpServletRequest request, HttpServletResponse answered) {
    if (!request.isAsyncStarted()) {
      complete();
    } else if (!listening) {
      listening = true; // further cycles are met in onStartAsync
      request.getAsyncContext().addListener(this, request, answered);
    }
  }

  /** Hears what left the filter chain. */
  void failed(Throwable thrown) {
    IOException lost = writeLost();
    if (lost != null) {
      abort(lost);
    } else if (readFailure != null) {
      abort(readFailure);
    } else {
      fail(
          thrown instanceof ServletException wrapper && wrapper.getRootCause() != null
              ? wrapper.getRootCause()
              : thrown);
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    complete();
  }

  /** Hears that time is up; the container or another listener may still answer, and then completes. */
  @Override
  public void onTimeout(AsyncEvent event) {
    timedOut = true;
  }

  @Override
  public void onError(AsyncEvent event) {
    Throwable thrown = event.getThrowable();
    if (thrown instanceof IOException broken) {
      abort(broken); // the container met it on the client's connection; an application cannot throw
      // one into a cycle
    } else if (thrown != null) {
      failed(thrown);
    }
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event
        .getAsyncContext()
        .addListener(this, event.getSuppliedRequest(), event.getSuppliedResponse());
  }

  private void complete() {
    IOException lost = writeLost();
    if (lost != null) {
      abort(lost);
    } else if (readFailure != null && !answered && !response.isCommitted()) {
      abort(readFailure);
    } else {
      completed();
    }
  }

  private void completed() {
    count();
    int status = response.getStatus();
    if (timedOut && status >= SERVER_ERROR) {
      exchange.fail(status, new TimeoutException("The asynchronous answer did not come in time"));
    } else {
      exchange.end(status);
    }
  }

  private void fail(Throwable thrown) {
    if (!exchange.hasEnded()) {
      adapters.failures().publish(exchange, thrown);
    }
    count();
    exchange.fail(response.isCommitted() ? response.getStatus() : SERVER_ERROR, thrown);
  }

  private void abort(IOException cause) {
    count();
    int sent = response.isCommitted() ? response.getStatus() : 0;
    if (adapters.closedByUs(cause)) {
      exchange.fail(sent, cause);
    } else {
      exchange.abort(sent, cause);
    }
  }

  private void count() {
    if (!exchange.hasEnded()) {
      exchange.requestBytes(read);
      exchange.responseBytes(uncounted ? -1 : written);
    }
  }

  private @Nullable IOException writeLost() {
    if (writeFailure != null) {
      return writeFailure;
    }
    PrintWriter used = writer;
    // Asking the writer flushes it, which only a committed answer takes without harm.
    boolean lost = used != null && response.isCommitted() && used.checkError();
    return lost ? new IOException("The client did not take the answer") : null;
  }
}
