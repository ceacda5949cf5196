package dev.nines.ops.rules;

import java.util.Locale;

/** How soon somebody must look. */
public enum Severity {
  /** At once, whatever the hour. */
  PAGE,
  /** Within minutes, in working hours. */
  HIGH,
  /** Within days. */
  TICKET,
  /** When there is time; once a day. */
  INFO;

  /** Returns the value of the label {@code severity}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
