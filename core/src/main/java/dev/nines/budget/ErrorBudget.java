package dev.nines.budget;

import dev.nines.request.Exchange;
import dev.nines.request.RequestListener;

/** Counts good and bad requests per objective and route class, and how fast this instance spends its budget. */
public final class ErrorBudget implements RequestListener {

  @Override
  public void ended(Exchange exchange) {}
}
