package dev.nines.examples.quickstart;

/** A request that can't be served as it was sent, or not now: the status, and what the client should know. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  Problem(int status, String message) {
    // An answer, not a bug: nobody needs its stack trace.
    super(message, null, false, false);
    this.status = status;
  }

  static Problem badRequest(String message) {
    return new Problem(400, message);
  }

  static Problem notFound(String message) {
    return new Problem(404, message);
  }

  static Problem unavailable(String dependency) {
    return new Problem(503, dependency + " can't be reached, try again later");
  }

  Answer answer() {
    return Answer.error(status, getMessage());
  }
}
