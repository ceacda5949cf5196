package dev.nines.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Predicate;

/**
 * Authorizes who sends the token in {@code Authorization: Bearer …}; compared in constant time, never shown. What
 * {@link AdminServer#authorizedByToken} uses, for servers in which endpoints are mounted otherwise.
 *
 * <p>Immutable and thread-safe.
 */
public final class BearerToken implements Predicate<EndpointRequest> {

  /** 16 characters of base64 hold 96 bits; shorter ones can be guessed over a network. */
  private static final int SHORTEST = 16;

  private static final String SCHEME = "Bearer ";

  private final byte[] expected;

  /**
   * Expects that token.
   *
   * @throws IllegalArgumentException if it has fewer than 16 characters, or others than visible ASCII
   */
  public BearerToken(String token) {
    if (token.length() < SHORTEST || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("admin.bearerToken: *** (expected: at least " + SHORTEST
          + " visible ASCII characters without spaces)");
    }
    expected = token.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean test(EndpointRequest request) {
    String header = request.header("authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given);
  }

  @Override
  public String toString() {
    return "a bearer token";
  }
}
