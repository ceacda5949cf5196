package dev.nines.logging;

import dev.nines.logging.RequestLog.Part;
import dev.nines.request.Exchange;
import dev.nines.request.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself and of its request, as far as it is to be logged. Taken when the request ends, for servers use
 * their objects again before a line is written.
 *
 * @param client its address, or its network
 * @param path raw, without the query
 * @param query raw
 * @param userAgent as it calls itself
 * @param headers by their names in lower case
 */
record ClientTexts(
    @Nullable String client,
    @Nullable Excerpt path,
    @Nullable Excerpt query,
    @Nullable Excerpt userAgent,
    Map<String, Excerpt> headers) {

  private static final int NETWORK_BYTES_4 = 3;
  private static final int NETWORK_BYTES_6 = 6;

  static ClientTexts of(Exchange exchange, RequestLog chosen) {
    return new ClientTexts(
        client(exchange, chosen),
        chosen.has(Part.PATH) ? Excerpt.of(exchange.target(Excerpt.MOST_KEPT)) : null,
        chosen.has(Part.QUERY) ? Excerpt.of(exchange.query(Excerpt.MOST_KEPT)) : null,
        chosen.has(Part.USER_AGENT) ? header(exchange, "User-Agent") : null,
        headers(exchange, chosen));
  }

  /** Returns how many characters all of them have. */
  int length() {
    int sum = length(path) + length(query) + length(userAgent);
    for (Excerpt header : headers.values()) {
      sum += length(header);
    }
    return sum;
  }

  private static int length(@Nullable Excerpt excerpt) {
    return excerpt == null ? 0 : excerpt.text().length();
  }

  private static @Nullable String client(Exchange exchange, RequestLog chosen) {
    String address = chosen.has(Part.CLIENT) ? exchange.client() : null;
    return address != null && chosen.has(Part.NETWORK) ? network(address) : address;
  }

  private static @Nullable String network(String address) {
    InetAddress whole = IpLiteral.parse(address);
    if (whole == null) {
      return null;
    }
    byte[] bytes = whole.getAddress();
    int kept = whole instanceof Inet4Address ? NETWORK_BYTES_4 : NETWORK_BYTES_6;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    return IpLiteral.of(bytes).getHostAddress();
  }

  private static Map<String, Excerpt> headers(Exchange exchange, RequestLog chosen) {
    if (chosen.headers().isEmpty()) {
      return Map.of();
    }
    Map<String, Excerpt> headers = new LinkedHashMap<>();
    for (String name : chosen.headers()) {
      Excerpt value = header(exchange, name);
      if (value != null) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
      }
    }
    return headers;
  }

  /** Returns a header; a marked text if the server's objects fail, for the line is worth more. */
  private static @Nullable Excerpt header(Exchange exchange, String name) {
    try {
      return Excerpt.of(exchange.header(name));
    } catch (RuntimeException e) {
      return Excerpt.of(Values.failed(name, e));
    }
  }
}
