package dev.nines.endpoint;

import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one instance, and the rules that hold for each of them whatever server they are mounted in:
 *
 * <ul>
 *   <li>a path is matched exactly: neither {@code //health} nor {@code /health/} nor {@code /x/../health} is
 *       {@code /health}; what matches none is 404;
 *   <li>a method that the endpoint doesn't answer is 405 with {@code Allow};
 *   <li>what changes things (any method but GET and HEAD) asks for authorization, else 401;
 *   <li>an endpoint that throws is 500 without details; the event {@code endpoint_failed} tells the operator, at once
 *       and then at most once a minute for each endpoint;
 *   <li>no cache may store an answer, or hand one out without asking again: {@code no-store}, unless the endpoint itself
 *       says {@code no-cache}.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class EndpointTable {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final String CACHE_CONTROL = "Cache-Control";

  private final ConcurrentMap<String, Entry> byPath = new ConcurrentHashMap<>();
  private final EventBus events;
  private final TimeSource time;

  /** An empty table whose failures go to {@code events}. */
  public EndpointTable(EventBus events, TimeSource time) {
    this.events = events;
    this.time = time;
  }

  /**
   * Adds an endpoint.
   *
   * @throws IllegalArgumentException if its path is no plain path, or taken
   */
  public void add(Endpoint endpoint) {
    String path = endpoint.path();
    if (!RequestTarget.isPlainPath(path)) {
      throw new IllegalArgumentException("endpoint.path: " + path
          + " (expected: a path such as /health, of letters, digits and -._~ between slashes)");
    }
    Entry entry = new Entry(endpoint, allowed(endpoint), new EndpointFailures(path, events, time));
    Entry taken = byPath.putIfAbsent(path, entry);
    if (taken != null) {
      throw new IllegalArgumentException("endpoint.path: " + path
          + " (expected: a path of its own; this one is taken by "
          + taken.endpoint.getClass().getName() + ")");
    }
  }

  /** Returns the paths that are taken, sorted. */
  public Set<String> paths() {
    return new TreeSet<>(byPath.keySet());
  }

  /** Returns whether an endpoint has exactly that path. */
  public boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** Answers a request; never throws. For HEAD the body is that of GET: the server tells its length and leaves it out. */
  public EndpointResponse handle(EndpointRequest request) {
    Entry entry = byPath.get(request.path());
    EndpointResponse refusal = refusal(entry, request);
    return revalidated(entry == null || refusal != null ? refusal : entry.run(request));
  }

  /** Answers a request, at once or later; never fails. Who no longer waits cancels the answer. */
  CompletableFuture<EndpointResponse> handleLater(EndpointRequest request) {
    Entry entry = byPath.get(request.path());
    EndpointResponse refusal = refusal(entry, request);
    return entry == null || refusal != null
        ? CompletableFuture.completedFuture(revalidated(refusal))
        : entry.runLater(request);
  }

  private static EndpointResponse revalidated(EndpointResponse response) {
    return "no-cache".equals(response.headers().get(CACHE_CONTROL))
        ? response
        : response.withHeader(CACHE_CONTROL, "no-store");
  }

  private static @Nullable EndpointResponse refusal(
      @Nullable Entry entry, EndpointRequest request) {
    if (entry == null) {
      return EndpointResponse.text(404, "not found\n");
    }
    if (!entry.allowed.contains(request.method())) {
      return EndpointResponse.text(405, "method not allowed\n")
          .withHeader("Allow", String.join(", ", entry.allowed));
    }
    if (!request.authorized() && !READING.contains(request.method())) {
      return EndpointResponse.text(401, "unauthorized\n").withHeader("WWW-Authenticate", "Bearer");
    }
    return null;
  }

  private static Set<String> allowed(Endpoint endpoint) {
    Set<String> allowed = new TreeSet<>(endpoint.methods());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed;
  }

  private record Entry(Endpoint endpoint, Set<String> allowed, EndpointFailures failures) {

    EndpointResponse run(EndpointRequest request) {
      try {
        return Objects.requireNonNull(endpoint.handle(request), "no response");
      } catch (Throwable failure) {
        return failed(failure);
      }
    }

    CompletableFuture<EndpointResponse> runLater(EndpointRequest request) {
      CompletableFuture<EndpointResponse> coming;
      try {
        coming = Objects.requireNonNull(endpoint.handleLater(request), "no response");
      } catch (Throwable failure) {
        return CompletableFuture.completedFuture(revalidated(failed(failure)));
      }
      CompletableFuture<EndpointResponse> answer = coming.handle(
          (response, failure) -> revalidated(response == null ? failed(failure) : response));
      answer.whenComplete((response, failure) -> {
        if (answer.isCancelled()) {
          coming.cancel(true);
        }
      });
      return answer;
    }

    private EndpointResponse failed(@Nullable Throwable failure) {
      failures.report(failure == null ? new NullPointerException("no response") : failure);
      return EndpointResponse.text(500, "internal error\n");
    }
  }
}
