package dev.nines.request;

import io.opentelemetry.api.trace.TraceId;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ids of requests. A caller's is taken only if it is harmless wherever it will stand, in headers, log lines and shells: up to
 * {@value #LONGEST} letters, digits and characters of {@code -_.:+=@/}.
 */
final class RequestIds {

  static final String HEADER = "X-Request-Id";

  /** Room for two UUIDs, or a cloud's request id with its parts. */
  static final int LONGEST = 128;

  private RequestIds() {}

  /** Returns the caller's id, or a new one of 32 hexadecimal digits. */
  static String of(@Nullable String told) {
    return told != null && isHarmless(told) ? told : fresh();
  }

  private static String fresh() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return TraceId.fromLongs(random.nextLong(), random.nextLong());
  }

  private static boolean isHarmless(String id) {
    int at = 0;
    while (at < id.length() && isHarmless(id.charAt(at))) {
      at++;
    }
    return at == id.length() && !id.isEmpty() && id.length() <= LONGEST;
  }

  private static boolean isHarmless(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_.:+=@/".indexOf(c) >= 0;
  }
}
