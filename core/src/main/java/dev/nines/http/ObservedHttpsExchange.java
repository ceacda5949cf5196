package dev.nines.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** {@link ObservedHttpExchange} for handlers that ask for the TLS session: the JDK tells the two apart by class. */
final class ObservedHttpsExchange extends HttpsExchange {

  private final ObservedHttpExchange observed;
  private final HttpsExchange raw;

  ObservedHttpsExchange(ObservedHttpExchange observed, HttpsExchange raw) {
    this.observed = observed;
    this.raw = raw;
  }

  ObservedHttpExchange observed() {
    return observed;
  }

  @Override
  public SSLSession getSSLSession() {
    return raw.getSSLSession();
  }

  @Override
  public InputStream getRequestBody() {
    return observed.getRequestBody();
  }

  @Override
  public OutputStream getResponseBody() {
    return observed.getResponseBody();
  }

  @Override
  public void setStreams(@Nullable InputStream input, @Nullable OutputStream output) {
    observed.setStreams(input, output);
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    observed.sendResponseHeaders(code, length);
  }

  @Override
  public void close() {
    observed.close();
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return observed.getPrincipal();
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
