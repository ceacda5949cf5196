package dev.nines.examples.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The orders in PostgreSQL. Thread-safe. */
final class OrderStore {

  private final DataSource database;

  OrderStore(DataSource database) {
    this.database = database;
  }

  /** Keeps a new order, its payment pending. */
  Order insert(NewOrder order) throws SQLException {
    String sql =
        "insert into orders (item, cents, payment) values (?, ?, ?) returning id, item, cents, payment";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, order.item());
      statement.setInt(2, order.cents());
      statement.setString(3, Order.PENDING);
      return first(statement).orElseThrow();
    }
  }

  Optional<Order> find(long id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(
            "select id, item, cents, payment from orders where id = ?")) {
      statement.setLong(1, id);
      return first(statement);
    }
  }

  /** Remembers that an order is paid for. */
  Order charged(Order order) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("update orders set payment = ? where id = ?")) {
      statement.setString(1, Order.CHARGED);
      statement.setLong(2, order.id());
      statement.executeUpdate();
      return order.charged();
    }
  }

  private static Optional<Order> first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(new Order(
              row.getLong("id"),
              row.getString("item"),
              row.getInt("cents"),
              row.getString("payment")))
          : Optional.empty();
    }
  }
}
