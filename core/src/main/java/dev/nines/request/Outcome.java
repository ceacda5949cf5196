package dev.nines.request;

/** How a request ended, as the error budget sees it. */
public enum Outcome {
  /** Answered below 400. */
  SUCCESS,
  /** Answered 4xx: the caller's mistake, good for the budget. */
  CLIENT_ERROR,
  /** Answered 5xx, or the handler threw: bad. */
  SERVER_ERROR,
  /** Refused by us, because we drain or are full: bad. */
  REJECTED,
  /** The caller went away before the answer: not valid, outside the budget. */
  CLIENT_ABORT;

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
    return LABELS[ordinal()];
  }

  private static final String[] LABELS = {
    "success", "client_error", "server_error", "rejected", "client_abort"
  };
}
