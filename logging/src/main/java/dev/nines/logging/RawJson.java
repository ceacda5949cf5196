package dev.nines.logging;

/**
 * A structure that was written as JSON before, because it might change until its line is written.
 *
 * @param json valid, and without secrets
 */
record RawJson(String json) {

  @Override
  public String toString() {
    return json;
  }
}
