package dev.nines.examples.quickstart;

import dev.nines.dependency.Body;
import dev.nines.dependency.Guard;
import dev.nines.dependency.GuardException;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders. It can't live without its database; while payments fail, orders wait for their payment. Thread-safe.
 */
final class OrderService {

  private static final Logger LOG = LoggerFactory.getLogger(OrderService.class);

  private final OrderStore store;
  private final Guard database;
  private final PaymentsClient payments;

  OrderService(OrderStore store, Guard database, PaymentsClient payments) {
    this.store = store;
    this.database = database;
    this.payments = payments;
  }

  /** Keeps an order and charges it; its payment is pending where payments don't answer. */
  Order place(NewOrder wanted) throws InterruptedException {
    Order order = inDatabase(() -> store.insert(wanted));
    return payments.charge(order) ? inDatabase(() -> store.charged(order)) : order;
  }

  Optional<Order> find(long id) {
    return inDatabase(() -> store.find(id));
  }

  private <T> T inDatabase(Body<T, SQLException> body) {
    try {
      return database.call(body);
    } catch (SQLException | GuardException failure) {
      LOG.warn("The database failed: {}", failure.toString());
      throw Problem.unavailable(database.name());
    }
  }
}
