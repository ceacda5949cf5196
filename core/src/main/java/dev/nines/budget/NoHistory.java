package dev.nines.budget;

import java.util.Optional;

/** The history of who keeps none. */
final class NoHistory extends BudgetHistory {

  @Override
  Optional<Past> read(Ledger ledger) {
    return Optional.empty();
  }
}
