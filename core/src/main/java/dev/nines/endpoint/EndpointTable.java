package dev.nines.endpoint;

import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

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
 *   <li>no answer may be stored by a cache.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class EndpointTable {

  private static final Set<String> READING = Set.of("GET", "HEAD");

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

  boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** Answers a request; never throws. For HEAD the body is that of GET: the server tells its length and leaves it out. */
  public EndpointResponse handle(EndpointRequest request) {
    return answer(request).withHeader("Cache-Control", "no-store");
  }

  private EndpointResponse answer(EndpointRequest request) {
    Entry entry = byPath.get(request.path());
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
    return entry.run(request);
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
        failures.report(failure);
        return EndpointResponse.text(500, "internal error\n");
      }
    }
  }
}
