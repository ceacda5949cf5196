package dev.nines.endpoint;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Makes a request for endpoints of one of the library's. */
final class RequestReader {

  private RequestReader() {}

  /** Returns the request, not yet authorized; null if its target or a header is no proper one. */
  static @Nullable EndpointRequest read(
      HttpRequest request, byte[] body, @Nullable SSLSession session) {
    RequestTarget target = RequestTarget.parse(request.getPath());
    Map<String, String> headers = new HashMap<>();
    for (Header header : request.getHeaders()) {
      if (hasControls(header.getName()) || hasControls(header.getValue())) {
        return null;
      }
      String name = header.getName().toLowerCase(Locale.ROOT);
      headers.merge(name, header.getValue(), (first, next) -> first + ", " + next);
    }
    return target == null
        ? null
        : new EndpointRequest(
            request.getMethod(),
            target.path(),
            target.query(),
            headers,
            body,
            client(session),
            false);
  }

  private static String client(@Nullable SSLSession session) {
    try {
      return session == null ? "" : session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException noCertificate) {
      return "";
    }
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        return true;
      }
    }
    return false;
  }
}
