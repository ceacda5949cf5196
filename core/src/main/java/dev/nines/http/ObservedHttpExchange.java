package dev.nines.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The server's exchange as the handler sees it: the same, with streams and calls that tell how the answer goes. */
final class ObservedHttpExchange extends HttpExchange {

  private final HttpExchange raw;
  private final Answer answer;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private boolean replaced;
  private @Nullable HttpPrincipal principal;

  ObservedHttpExchange(HttpExchange raw, Answer answer) {
    this.raw = raw;
    this.answer = answer;
  }

  @Override
  public InputStream getRequestBody() {
    if (in == null) {
      in = answer.observed(raw.getRequestBody());
    }
    return in;
  }

  @Override
  public OutputStream getResponseBody() {
    if (out == null) {
      out = answer.observed(raw.getResponseBody());
    }
    return out;
  }

  /** Replaces the streams, by ones that wrap these as a rule; the server closes them with the exchange. */
  @Override
  public void setStreams(@Nullable InputStream input, @Nullable OutputStream output) {
    getRequestBody();
    getResponseBody();
    in = input == null ? in : input;
    out = output == null ? out : output;
    replaced |= output != null;
    raw.setStreams(input, output);
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    answer.send(code, length);
  }

  @Override
  public void close() {
    if (!replaced && answer.whole()) {
      closeBody();
    }
    raw.close();
    answer.closed();
  }

  /**
   * Closes the body ourselves: the server would, but keeps it to itself whether that failed. Streams that replaced ours
   * close it and so tell us; a body that is too short is left to the server, which then cuts the connection.
   */
  private void closeBody() {
    try {
      getResponseBody().close();
    } catch (IOException e) {
      answer.closeFailed(e);
    }
  }

  void authenticated(HttpPrincipal user) {
    this.principal = user;
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return principal != null ? principal : raw.getPrincipal();
  }

  @Override
  public Headers getRequestHeaders() {
    return raw.getRequestHeaders();
  }

  @Override
  public Headers getResponseHeaders() {
    return raw.getResponseHeaders();
  }

  @Override
  public URI getRequestURI() {
    return raw.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return raw.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return raw.getHttpContext();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return raw.getRemoteAddress();
  }

  @Override
  public int getResponseCode() {
    return raw.getResponseCode();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return raw.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return raw.getProtocol();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return raw.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    raw.setAttribute(name, value);
  }
}
