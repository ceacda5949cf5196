package dev.nines.examples.spring.orders;

import dev.nines.Nines;
import dev.nines.meter.Counter;
import dev.nines.meter.Family;
import dev.nines.meter.Label;
import dev.nines.meter.Unit;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Takes orders. It can't live without its database; while payments fail, orders wait for their payment. */
@Service
class OrderService {

  private final OrderRepository orders;
  private final PaymentsClient payments;
  private final Family<Counter> placed;

  OrderService(OrderRepository orders, PaymentsClient payments, Nines nines) {
    this.orders = orders;
    this.payments = payments;
    this.placed = nines
        .metrics()
        .counter("orders_placed", Unit.COUNT, "Orders that were accepted, by their payment.")
        .by(Label.of("payment", Payment.CHARGED.label(), Payment.PENDING.label()));
  }

  /** Keeps an order and charges it; its payment is pending where payments don't answer. */
  Order place(NewOrder wanted) {
    long id = orders.insert(wanted);
    Payment payment = payments.charge(id, wanted.cents());
    if (payment == Payment.CHARGED) {
      orders.charged(id);
    }
    placed.with(payment.label()).increment();
    return new Order(id, wanted.item(), wanted.cents(), payment.label());
  }

  Optional<Order> find(long id) {
    return orders.find(id);
  }
}
