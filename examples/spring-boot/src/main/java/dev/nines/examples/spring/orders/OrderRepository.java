package dev.nines.examples.spring.orders;

import dev.nines.spring.GuardedBy;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders in PostgreSQL, asked through its guard. */
@Repository
@GuardedBy("orders-db")
class OrderRepository {

  private final JdbcClient jdbc;

  OrderRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps a new order, its payment pending, and returns its id. */
  long insert(NewOrder order) {
    return jdbc.sql("insert into orders (item, cents, payment) values (?, ?, ?) returning id")
        .params(order.item(), order.cents(), Payment.PENDING.label())
        .query(Long.class)
        .single();
  }

  Optional<Order> find(long id) {
    return jdbc.sql("select id, item, cents, payment from orders where id = ?")
        .param(id)
        .query(Order.class)
        .optional();
  }

  /** Remembers that an order is paid for. */
  void charged(long id) {
    jdbc.sql("update orders set payment = ? where id = ?")
        .params(Payment.CHARGED.label(), id)
        .update();
  }
}
