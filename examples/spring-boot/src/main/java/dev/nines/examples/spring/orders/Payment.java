package dev.nines.examples.spring.orders;

import java.util.Locale;

/** Whether an order is paid for, or waits until payments answer again. */
enum Payment {
  CHARGED,
  PENDING;

  /** Returns the name in answers, columns and metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
