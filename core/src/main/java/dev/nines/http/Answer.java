package dev.nines.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.nines.request.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How far the answer to one request has come, as its streams and calls tell; it ends the exchange, once.
 *
 * <p>The handler's thread and another one that answers in its place may meet here: whoever sends headers first wins.
 */
final class Answer {

  private static final int SERVER_ERROR = 500;
  private static final int NO_BODY = -1;

  private final HttpExchange raw;
  private final Exchange exchange;
  private final HttpAdapters adapters;
  private final AtomicBoolean headersSent = new AtomicBoolean();

  private volatile int status;
  private long declared = NO_BODY;
  private long written;
  private long read;
  private volatile @Nullable IOException readFailure;

  Answer(HttpExchange raw, Exchange exchange, HttpAdapters adapters) {
    this.raw = raw;
    this.exchange = exchange;
    this.adapters = adapters;
  }

  HttpExchange exchangeForHandler() {
    ObservedHttpExchange observed = new ObservedHttpExchange(raw, this);
    return raw instanceof HttpsExchange secure
        ? new ObservedHttpsExchange(observed, secure)
        : observed;
  }

  InputStream observed(InputStream requestBody) {
    return new ObservedInputStream(requestBody, this);
  }

  OutputStream observed(OutputStream responseBody) {
    return new ObservedOutputStream(responseBody, this);
  }

  /** Sends the headers; an answer without a body is over with them. */
  void send(int code, long length) throws IOException {
    if (!headersSent.compareAndSet(false, true)) {
      raw.sendResponseHeaders(code, length); // tells the caller that they were sent already
      return;
    }
    status = code;
    declared = length;
    try {
      raw.sendResponseHeaders(code, length);
    } catch (IOException e) {
      lost(e);
      throw e;
    }
    if (bodiless(code, length)) {
      complete();
    }
  }

  void wrote(long bytes) {
    written += bytes;
  }

  void read(long bytes) {
    read += bytes;
  }

  /** Hears that the request's body could not be read: an abort, unless the handler still answers. */
  void readFailed(IOException cause) {
    readFailure = cause;
  }

  /** Hears that the answer could not be written. What the handler did wrong itself is no abort. */
  void writeFailed(IOException cause, long attempted) {
    if (headersSent.get() && !tooMuch(attempted)) {
      lost(cause);
    }
  }

  /** Hears that the body could not be closed: too short, or the client is gone. */
  void closeFailed(IOException cause) {
    if (!headersSent.get()) {
      return;
    }
    if (tooShort()) {
      fail(status, cause);
    } else {
      lost(cause);
    }
  }

  /** Hears that the body was closed, and all of it was sent. */
  void bodyClosed() {
    complete();
  }

  /** Returns whether headers were sent, and as much of a body as they declared. */
  boolean whole() {
    return headersSent.get() && !tooShort();
  }

  /** Hears that the whole exchange was closed. */
  void closed() {
    if (whole()) {
      complete();
    } else if (headersSent.get()) {
      fail(status, null);
    } else if (readFailure != null) {
      lost(readFailure);
    } else {
      fail(0, null);
    }
  }

  /** Hears that the handler returned, where its calls could not be followed. */
  void returned(int code) {
    if (code > 0) {
      status = code;
      complete();
    }
  }

  /** Hears that the handler threw: tells of it, and answers 500 if nothing was sent. */
  void failed(Throwable thrown) throws IOException {
    if (exchange.hasEnded()) {
      afterTheEnd(thrown);
    } else if (readFailure != null && !headersSent.get()) {
      lost(readFailure);
      throw cutOff(thrown);
    } else {
      adapters.failures().publish(exchange, thrown);
      answerFor(thrown);
    }
  }

  private void answerFor(Throwable thrown) throws IOException {
    if (!headersSent.compareAndSet(false, true)) {
      fail(status, thrown);
      throw cutOff(thrown);
    }
    try {
      raw.getResponseHeaders().clear();
      exchange.answerHeaders(raw.getResponseHeaders(), Headers::set);
      raw.sendResponseHeaders(SERVER_ERROR, NO_BODY);
    } finally {
      fail(SERVER_ERROR, thrown);
    }
  }

  private void afterTheEnd(Throwable thrown) throws IOException {
    switch (exchange.outcome()) {
      case CLIENT_ABORT -> throw cutOff(thrown);
      default -> adapters.failures().publish(exchange, thrown);
    }
  }

  /** Makes what the server answers by closing the connection, so that the client cannot take a part for the whole. */
  private static IOException cutOff(Throwable thrown) {
    return new IOException("The answer broke off", thrown);
  }

  private void complete() {
    count();
    exchange.end(status);
  }

  private void fail(int code, @Nullable Throwable thrown) {
    count();
    exchange.fail(code, thrown);
  }

  /** Ends with a lost connection: the client's doing, unless we are stopping and closed it ourselves. */
  private void lost(IOException cause) {
    count();
    if (adapters.closedByUs(cause)) {
      exchange.fail(status, cause);
    } else {
      exchange.abort(status, cause);
    }
  }

  private void count() {
    if (!exchange.hasEnded()) {
      exchange.requestBytes(read);
      exchange.responseBytes(written);
    }
  }

  private boolean tooMuch(long attempted) {
    return declared > 0 && written + attempted > declared;
  }

  private boolean tooShort() {
    return declared > 0 && written < declared;
  }

  private boolean bodiless(int code, long length) {
    return length == NO_BODY
        || code < 200
        || code == 204
        || code == 304
        || raw.getRequestMethod().equals("HEAD");
  }
}
