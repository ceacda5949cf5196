package dev.nines.examples.quickstart;

/** A request that is the client's mistake: its status, and what was expected. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    // The client learns of it, not the log: no stack trace is needed.
    super(message, null, false, false);
    this.status = status;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  static Refusal notFound(String message) {
    return new Refusal(404, message);
  }

  Answer answer() {
    return Answer.error(status, getMessage());
  }
}
