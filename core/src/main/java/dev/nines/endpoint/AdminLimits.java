package dev.nines.endpoint;

import java.time.Duration;

/**
 * How much of the admin server one client, or all of them, may take. A connection that takes longer is cut, however
 * busily it sends or reads a byte now and then.
 *
 * <p>The default times leave a slow client five times what the kubelet waits by default (1 s), and cut a request that
 * is never completed after at most 10 s.
 *
 * @param connections open at a time; when one more comes, the oldest that is not being answered goes. 1,000 by default:
 *     12 MB of buffers, under the usual limit of 1,024 open files
 * @param headTime from the connection, or from the first byte of a later request, to the end of its headers; 5 s
 * @param bodyTime from there to the end of the body; 5 s
 * @param answerTime from there to the last byte of the answer, waiting and handling included; 10 s
 * @param idleTime between two requests of a connection; 10 s
 * @param headBytes of a request line and its headers together, of which one line may take the half; 16 KiB
 * @param headers number of header lines; 100, as Apache httpd's {@code LimitRequestFields}
 * @param bodyBytes of a request's body; 64 KiB
 */
public record AdminLimits(
    int connections,
    Duration headTime,
    Duration bodyTime,
    Duration answerTime,
    Duration idleTime,
    int headBytes,
    int headers,
    int bodyBytes) {

  private static final AdminLimits STANDARD = new AdminLimits(
      1_000,
      Duration.ofSeconds(5),
      Duration.ofSeconds(5),
      Duration.ofSeconds(10),
      Duration.ofSeconds(10),
      16 * 1_024,
      100,
      64 * 1_024);

  public AdminLimits {
    inRange("connections", connections, 10, 100_000);
    inRange("headTime", headTime);
    inRange("bodyTime", bodyTime);
    inRange("answerTime", answerTime);
    inRange("idleTime", idleTime);
    inRange("headBytes", headBytes, 1_024, 1_048_576);
    inRange("headers", headers, 10, 1_000);
    inRange("bodyBytes", bodyBytes, 0, 16_777_216);
  }

  /** Returns the defaults. */
  public static AdminLimits standard() {
    return STANDARD;
  }

  public AdminLimits withConnections(int value) {
    return new AdminLimits(
        value, headTime, bodyTime, answerTime, idleTime, headBytes, headers, bodyBytes);
  }

  /** Sets the times of a request's head, body and answer, and between requests. */
  public AdminLimits withTimes(Duration head, Duration body, Duration answer, Duration idle) {
    return new AdminLimits(connections, head, body, answer, idle, headBytes, headers, bodyBytes);
  }

  /** Sets the sizes of a request's head, in bytes and in lines, and of its body. */
  public AdminLimits withSizes(int headBytesAtMost, int headersAtMost, int bodyBytesAtMost) {
    return new AdminLimits(
        connections,
        headTime,
        bodyTime,
        answerTime,
        idleTime,
        headBytesAtMost,
        headersAtMost,
        bodyBytesAtMost);
  }

  private static void inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "admin.limits." + name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }

  private static void inRange(String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(100)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "admin.limits." + name + ": " + value + " (expected: 100 ms to 1 h)");
    }
  }
}
