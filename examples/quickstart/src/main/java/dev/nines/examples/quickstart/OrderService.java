package dev.nines.examples.quickstart;

import dev.nines.dependency.Body;
import dev.nines.dependency.Guard;
import dev.nines.dependency.GuardException;
import dev.nines.meter.Counter;
import dev.nines.meter.Family;
import dev.nines.meter.Label;
import dev.nines.meter.ServiceMetrics;
import dev.nines.meter.Unit;
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
  private final Counter charged;
  private final Counter pending;

  OrderService(OrderStore store, Guard database, PaymentsClient payments, ServiceMetrics metrics) {
    this.store = store;
    this.database = database;
    this.payments = payments;
    Family<Counter> placed = metrics
        .counter("orders_placed", Unit.COUNT, "Orders that were accepted, by their payment.")
        .by(Label.of("payment", "charged", "pending"));
    this.charged = placed.with("charged");
    this.pending = placed.with("pending");
  }

  /** Keeps an order and charges it; its payment is pending where payments don't answer. */
  Order place(NewOrder wanted) throws InterruptedException {
    Order order = inDatabase(() -> store.insert(wanted));
    if (payments.charge(order)) {
      charged.increment();
      return inDatabase(() -> store.charged(order));
    }
    pending.increment();
    return order;
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
