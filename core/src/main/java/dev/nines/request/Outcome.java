package dev.nines.request;

/** How a request ended, as the error budget sees it. */
public enum Outcome {
  /** Answered below 400. */
  SUCCESS("success"),
  /** Answered 4xx: the caller's mistake, good for the budget. */
  CLIENT_ERROR("client_error"),
  /** Answered 5xx, or not at all, or the handler threw: bad. */
  SERVER_ERROR("server_error"),
  /** Refused by us, because we drain or are full: bad. */
  REJECTED("rejected"),
  /** The caller went away before the answer: not valid, outside the budget. */
  CLIENT_ABORT("client_abort");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  static Outcome ofStatus(int status) {
    if (status >= 500 || status < 100) {
      return SERVER_ERROR;
    }
    return status >= 400 ? CLIENT_ERROR : SUCCESS;
  }

  /** Returns whether the request counts for the budget at all. */
  public boolean valid() {
    return this != CLIENT_ABORT;
  }

  /** Returns whether the request is bad for the objective {@code errors}. */
  public boolean bad() {
    return this == SERVER_ERROR || this == REJECTED;
  }

  /** Returns the name in labels and log lines: {@code server_error}. */
  public String label() {
    return label;
  }
}
