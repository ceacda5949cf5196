package dev.nines.dependency;

import dev.nines.request.HttpMethod;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter of an HTTP client tells of a call.
 *
 * <p>Immutable and thread-safe.
 *
 * @param method the request's method
 * @param uri where it goes; the span shows it without user info and query
 * @param status reads the status off a result; must neither block nor throw
 * @param idempotent whether this request may be repeated without harm, if calls to the dependency are declared so at all; a
 *     declaration is no reason to send a {@code POST} twice that says nothing of it
 * @param retryAfter reads the header {@code Retry-After} off a result, null if there is none; must neither block nor throw
 * @param <T> the client's type of a response
 */
public record HttpCall<T>(
    HttpMethod method,
    URI uri,
    ToIntFunction<? super T> status,
    boolean idempotent,
    Function<? super T, @Nullable String> retryAfter) {

  private static final Set<HttpMethod> IDEMPOTENT = EnumSet.of(
      HttpMethod.GET,
      HttpMethod.HEAD,
      HttpMethod.PUT,
      HttpMethod.DELETE,
      HttpMethod.OPTIONS,
      HttpMethod.TRACE);

  /** Tells of a call that is idempotent as its method is, and whose answers don't say when to try again. */
  public HttpCall(HttpMethod method, URI uri, ToIntFunction<? super T> status) {
    this(method, uri, status, isIdempotent(method), answer -> null);
  }

  /**
   * Returns whether repeating a request of that method has no other effect than sending it once.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods">RFC 9110, 9.2.2</a>
   */
  public static boolean isIdempotent(HttpMethod method) {
    return IDEMPOTENT.contains(method);
  }
}
