package dev.nines.request;

/** The texts of {@code error.type} for answers without an exception, made once. */
final class ErrorTypes {

  private static final int FIRST = 500;
  private static final String[] SERVER_ERRORS = new String[100];

  static {
    for (int i = 0; i < SERVER_ERRORS.length; i++) {
      SERVER_ERRORS[i] = Integer.toString(FIRST + i);
    }
  }

  private ErrorTypes() {}

  static String ofStatus(int status) {
    int place = status - FIRST;
    return place >= 0 && place < SERVER_ERRORS.length ? SERVER_ERRORS[place] : Route.OTHER;
  }
}
