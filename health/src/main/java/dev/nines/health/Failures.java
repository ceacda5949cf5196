package dev.nines.health;

/** What is told of a failure: its type and its message on one bounded line, never a stack trace. */
final class Failures {

  private static final int MOST_CHARACTERS = 300;

  private Failures() {}

  static String describe(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return bounded(message == null || message.isBlank() ? type : type + ": " + message);
  }

  static String bounded(String message) {
    return message.length() <= MOST_CHARACTERS
        ? message
        : message.substring(0, MOST_CHARACTERS) + "…";
  }
}
