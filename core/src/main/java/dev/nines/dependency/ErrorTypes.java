package dev.nines.dependency;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's {@code error.type} of calls; few values, all made beforehand.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/">error.type</a>
 */
final class ErrorTypes {

  /** What OpenTelemetry says where nothing more is known. */
  private static final String UNKNOWN = "_OTHER";

  private static final int FIRST = 400;
  private static final int LAST = 599;
  private static final String[] STATUSES =
      IntStream.rangeClosed(FIRST, LAST).mapToObj(Integer::toString).toArray(String[]::new);

  private ErrorTypes() {}

  /** A client's span and metrics call a 4xx an error, though the dependency did not fail. */
  static @Nullable String of(CallOutcome outcome, int status, @Nullable Throwable thrown) {
    return switch (outcome) {
      case SUCCESS -> status >= FIRST ? ofStatus(status) : null;
      case FAILURE -> thrown != null ? thrown.getClass().getName() : ofStatus(status);
      default -> outcome.label();
    };
  }

  private static String ofStatus(int status) {
    return status >= FIRST && status <= LAST ? STATUSES[status - FIRST] : UNKNOWN;
  }
}
