package dev.nines.endpoint;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestParser;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's head, with three differences to the library's parser: the head as a whole is bounded, not only its
 * lines; the target stays as it was sent (the library takes {@code //health} for a host); and a refusal doesn't repeat
 * what the client sent.
 */
final class HeadParser extends DefaultHttpRequestParser<HttpRequest> {

  private final int headBytes;
  private int taken;

  HeadParser(Http1Config config, int headBytes) {
    super(config, BasicLineParser.INSTANCE, new AsSent());
    this.headBytes = headBytes;
  }

  @Override
  public void reset() {
    super.reset();
    taken = 0;
  }

  @Override
  public @Nullable HttpRequest parse(SessionInputBuffer buffer, boolean endOfStream)
      throws IOException, HttpException {
    int before = buffer.length();
    HttpRequest request = parseHead(buffer, endOfStream);
    taken += before - buffer.length();
    if (taken > headBytes) {
      throw new RequestHeaderFieldsTooLargeException("headers too large");
    }
    return request;
  }

  private @Nullable HttpRequest parseHead(SessionInputBuffer buffer, boolean endOfStream)
      throws IOException, HttpException {
    try {
      return super.parse(buffer, endOfStream);
    } catch (RequestHeaderFieldsTooLargeException e) {
      throw new RequestHeaderFieldsTooLargeException("headers too large");
    } catch (UnsupportedHttpVersionException e) {
      throw new UnsupportedHttpVersionException("HTTP version not supported");
    } catch (HttpException e) {
      throw new ProtocolException("bad request");
    }
  }

  private static final class AsSent implements HttpRequestFactory<HttpRequest> {

    @Override
    public HttpRequest newHttpRequest(String method, String uri) {
      return new BasicHttpRequest(method, null, null, uri);
    }

    @Override
    public HttpRequest newHttpRequest(String method, URI uri) {
      return newHttpRequest(method, uri.toString());
    }
  }
}
