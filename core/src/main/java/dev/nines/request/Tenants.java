package dev.nines.request;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a request tells for which tenant it is. What is found stands on log lines and spans as {@code tenant}, and the
 * busiest tenants have series of their own; off unless it is declared.
 *
 * <pre>{@code
 * Nines.builder("checkout").tenants(Tenants.fromHeader("X-Tenant-Id").top(50));
 * }</pre>
 *
 * <p>A tenant's id is up to {@value #LONGEST} visible ASCII characters; anything else is {@code _OTHER}. It is what the
 * client says, and proves nothing: nobody may be let in for it. Code that knows better, such as an authentication, says so
 * with {@link Exchange#tenant(String)}. Without a tenant a request has no such field, and counts under {@code _OTHER}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Tenants {

  /** The tenant of requests whose own isn't shown. */
  public static final String OTHER = "_OTHER";

  /** The longest id, in characters: room for a UUID, a DNS label, an account's number. */
  public static final int LONGEST = 64;

  /** The default of {@link #top}. */
  public static final int DEFAULT_TOP = 20;

  /** The most of {@link #top}; each costs some 20 series. */
  public static final int MOST_TOP = 200;

  private final Function<Exchange, @Nullable String> resolver;
  private final int top;

  private Tenants(Function<Exchange, @Nullable String> resolver, int top) {
    this.resolver = resolver;
    this.top = top;
  }

  /**
   * Takes the tenant from a header; the first counts if there are several.
   *
   * @throws IllegalArgumentException if it is no name of a header
   */
  public static Tenants fromHeader(String name) {
    if (name.isEmpty() || !isVisible(name) || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "tenants.header: " + name + " (expected: the name of a header, such as X-Tenant-Id)");
    }
    return by(exchange -> exchange.firstHeader(name));
  }

  /**
   * Takes the tenant from a claim, a text or a whole number, of the JSON Web Token in {@code Authorization: Bearer …}. Its
   * signature is not checked here: serve behind something that does.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public static Tenants fromClaim(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "tenants.claim: blank (expected: the name of a claim, such as tenant_id)");
    }
    return by(new JwtClaim(name));
  }

  /**
   * Takes the tenant from a function of the request, which is asked once, when the request begins, and has to be as quick as
   * one that every request waits for. Null is no tenant; a failure is counted, and the tenant is {@code _OTHER}.
   */
  public static Tenants by(Function<Exchange, @Nullable String> resolver) {
    return new Tenants(resolver, DEFAULT_TOP);
  }

  /**
   * Shows that many tenants in metrics, 1 to {@value #MOST_TOP}; default {@value #DEFAULT_TOP}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Tenants top(int most) {
    if (most < 1 || most > MOST_TOP) {
      throw new IllegalArgumentException(
          "tenants.top: " + most + " (expected: 1 to " + MOST_TOP + ")");
    }
    return new Tenants(resolver, most);
  }

  /** Returns how many tenants have series of their own at a time. */
  public int top() {
    return top;
  }

  @Nullable
  String of(Exchange exchange) {
    String id = resolver.apply(exchange);
    return id == null ? null : clean(id);
  }

  /** Returns the id if it is one, else {@code _OTHER}. */
  static String clean(String id) {
    return !id.isEmpty() && id.length() <= LONGEST && isVisible(id) ? id : OTHER;
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
