package dev.nines.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for, taken apart once: the path decoded and otherwise as sent, so that no two spellings with
 * dots or slashes mean the same endpoint.
 *
 * @param path decoded, not normalised
 * @param query decoded parameters: the values of each name, in their order
 */
record RequestTarget(String path, Map<String, List<String>> query) {

  /** Returns the target, or null if it is malformed: no path, an encoded slash, a control character, a bad escape. */
  static @Nullable RequestTarget parse(String raw) {
    int mark = raw.indexOf('?');
    String rawPath = mark < 0 ? raw : raw.substring(0, mark);
    if (!rawPath.startsWith("/") || hasEncodedSlash(rawPath)) {
      return null;
    }
    try {
      String path = decodePath(rawPath);
      Map<String, List<String>> query = mark < 0 ? Map.of() : query(raw.substring(mark + 1));
      return path.chars().anyMatch(Character::isISOControl) ? null : new RequestTarget(path, query);
    } catch (IllegalArgumentException badEscape) {
      return null;
    }
  }

  /** Returns whether {@code path} is one under which an endpoint may be found: it has only one spelling. */
  static boolean isPlainPath(String path) {
    return path.length() > 1
        && path.startsWith("/")
        && !path.endsWith("/")
        && !path.contains("//")
        && !path.contains("/.")
        && path.chars().allMatch(RequestTarget::isPlain);
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0);
  }

  /** The decoder is made for forms, where a plus is a space; in a path it is itself. */
  private static String decodePath(String rawPath) {
    return rawPath.indexOf('%') < 0 ? rawPath : decode(rawPath.replace("+", "%2B"));
  }

  private static boolean hasEncodedSlash(String rawPath) {
    String lower = rawPath.toLowerCase(Locale.ROOT);
    return lower.contains("%2f") || lower.contains("%5c");
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!name.isEmpty()) {
        query.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      }
    }
    return query;
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }
}
