package io.jdocker.examples.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Orders in a relational database. One thread at a time, as a connection has it. */
public final class OrderStore {
  private final Connection connection;

  public OrderStore(Connection connection) {
    this.connection = connection;
  }

  /** Makes the table where there is none. */
  public void migrate() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS orders"
              + " (id BIGSERIAL PRIMARY KEY, customer TEXT NOT NULL, cents BIGINT NOT NULL"
              + " CHECK (cents >= 0))");
    }
  }

  /**
   * Places an order.
   *
   * @throws SQLException also when it costs less than nothing
   */
  public Order place(String customer, long cents) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO orders (customer, cents) VALUES (?, ?) RETURNING id")) {
      insert.setString(1, customer);
      insert.setLong(2, cents);
      try (ResultSet key = insert.executeQuery()) {
        key.next();
        return new Order(key.getLong(1), customer, cents);
      }
    }
  }

  public Optional<Order> find(long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT customer, cents FROM orders WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Order(id, row.getString(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /** What a customer has ordered, in cents. */
  public long total(String customer) throws SQLException {
    try (PreparedStatement sum =
        connection.prepareStatement(
            "SELECT COALESCE(SUM(cents), 0) FROM orders WHERE customer = ?")) {
      sum.setString(1, customer);
      try (ResultSet row = sum.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
