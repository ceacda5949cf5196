package dev.nines.logging;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is logged of requests: one line for each, when it has ended, with method, route, status, outcome, duration, bytes and
 * {@code slo_broken}, and with what is chosen here.
 *
 * <ul>
 *   <li>{@code slo_broken} is true for an error (a server error or a rejection), and for a request that took longer than its
 *       route's latency target, p99's where it is promised, else that of the highest quantile: the one from which deadlines
 *       follow. A client's abort broke nothing.
 *   <li>The level follows from the outcome alone: INFO for success, the caller's own mistakes and aborts, WARN for a
 *       rejection, ERROR for a failure.
 *   <li>What may tell of a person, or hold whatever a client likes, is off until asked for: query, user agent, other headers.
 *       On are the client's address, without which abuse looks like a bug, and the raw path, without which no case is found
 *       again; both can be turned off. All of it is redacted, and cut at 512 bytes each.
 * </ul>
 *
 * <p>Immutable and thread-safe; each method returns a new one.
 */
public final class RequestLog {

  private static final int MOST_HEADERS = 16;
  private static final int LONGEST_HEADER = 64;
  private static final SecretNames SECRETS = new SecretNames(Set.of());

  /** What can be chosen. */
  enum Part {
    LINES,
    PATH,
    QUERY,
    USER_AGENT,
    CLIENT,
    /** Of the client's address only its network. */
    NETWORK,
    /** Lines that are held back. */
    DEBUG
  }

  private final double successes;
  private final Set<Part> parts;
  private final List<String> headers;
  private final List<String> debugLoggers;

  private RequestLog(
      double successes, Set<Part> parts, List<String> headers, List<String> debugLoggers) {
    this.successes = successes;
    this.parts = parts;
    this.headers = headers;
    this.debugLoggers = debugLoggers;
  }

  /** Returns the default: a line for every request, with path and client, without query, user agent and headers. */
  public static RequestLog standard() {
    return new RequestLog(
        1.0, EnumSet.of(Part.LINES, Part.PATH, Part.CLIENT), List.of(), List.of());
  }

  /** Writes no line for any request. */
  public RequestLog withoutLines() {
    return without(Part.LINES);
  }

  /**
   * Writes the lines of this share of successes only, and says so in their {@code sample_rate}. Everything else is always
   * written: failures, rejections, the caller's mistakes, aborts, and what broke its latency target. A trace's id decides, so
   * that all services with one rate keep the same requests.
   *
   * @param rate from 0 to 1; by default 1.0, every success
   * @throws IllegalArgumentException if the rate is no such number
   * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/">OpenTelemetry's consistent
   *     probability sampling</a>
   */
  public RequestLog successes(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("successes: " + rate + " (expected: 0 to 1)");
    }
    return new RequestLog(rate, parts, headers, debugLoggers);
  }

  /** Leaves the raw path out; the route stays. */
  public RequestLog withoutPath() {
    return without(Part.PATH);
  }

  /** Writes the query, as {@code query}. Secrets are redacted in it by their names and shapes; other data of persons isn't. */
  public RequestLog query() {
    return with(Part.QUERY);
  }

  /** Writes the user agent, as {@code user_agent}. */
  public RequestLog userAgent() {
    return with(Part.USER_AGENT);
  }

  /**
   * Writes the first value of these headers, in {@code request_headers}, by their names in lower case.
   *
   * @throws IllegalArgumentException if a name is none, is that of a secret such as {@code Authorization} or {@code Cookie},
   *     or is one too many: at most 16
   */
  public RequestLog headers(String... names) {
    List<String> all = new ArrayList<>(headers);
    for (String name : names) {
      all.add(checked(name));
    }
    List<String> distinct = all.stream().distinct().toList();
    if (distinct.size() > MOST_HEADERS) {
      throw new IllegalArgumentException(
          "headers: " + distinct.size() + " (expected: at most " + MOST_HEADERS + ")");
    }
    return new RequestLog(successes, parts, distinct, debugLoggers);
  }

  /** Leaves the client's address out. */
  public RequestLog withoutClient() {
    return without(Part.CLIENT);
  }

  /** Writes only the network of the client's address: the first 24 bits of IPv4, the first 48 of IPv6. */
  public RequestLog truncatingClient() {
    return with(Part.NETWORK);
  }

  /**
   * Holds a request's DEBUG lines back, and writes them, before its own line, if the request fails or breaks its latency
   * target; those of all others are dropped. So what led to a failure is told without the cost of telling all of it.
   *
   * <p>Held is whatever a logger's level refuses from DEBUG on, on every thread that carries the request's context: DEBUG
   * where the level is INFO, INFO too where it is WARN. Within requests {@code isDebugEnabled()} is true. The lines say what
   * was true when they were logged, go to all appenders, and have {@code "buffered":true}.
   *
   * <p>Bounds: the last 200 lines and 256 KiB of a request, 16 MiB for all requests, 1,000 lines written in a second. What is
   * missing is told by {@code debug_omitted} in the request's line, and counted in
   * {@code nines_telemetry_dropped_total{signal="debug_lines"}}. Lines logged after the request's end go their usual way.
   *
   * <p>Off by default: libraries make DEBUG lines of whatever passes through them, and each costs about a microsecond and
   * 600 bytes even if it is dropped. Better name the service's own loggers.
   *
   * @param loggers names of loggers with all below them, such as {@code com.acme}; none stands for every logger
   */
  public RequestLog debugOnFailure(String... loggers) {
    RequestLog all = with(Part.DEBUG);
    return new RequestLog(all.successes, all.parts, all.headers, List.of(loggers));
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  double successes() {
    return successes;
  }

  List<String> headers() {
    return headers;
  }

  List<String> debugLoggers() {
    return debugLoggers;
  }

  private RequestLog with(Part more) {
    Set<Part> all = EnumSet.copyOf(parts);
    all.add(more);
    return new RequestLog(successes, all, headers, debugLoggers);
  }

  private RequestLog without(Part one) {
    Set<Part> rest = EnumSet.copyOf(parts);
    rest.remove(one);
    return new RequestLog(successes, rest, headers, debugLoggers);
  }

  private static String checked(String name) {
    if (name.isEmpty()
        || name.length() > LONGEST_HEADER
        || !name.chars().allMatch(RequestLog::isToken)) {
      throw new IllegalArgumentException(
          "header: " + name + " (expected: the name of a header, such as X-Request-Id)");
    }
    if (SECRETS.contains(name)) {
      throw new IllegalArgumentException(
          "header: " + name + " (expected: one that holds no secret; its value would be redacted)");
    }
    return name;
  }

  private static boolean isToken(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}
