package io.jdocker.examples.orders;

import java.io.IOException;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The service: orders are placed in the store, totals are asked of the cache first. */
public final class Orders {
  private final OrderStore store;
  private final TotalCache cache;

  public Orders(OrderStore store, TotalCache cache) {
    this.store = store;
    this.cache = cache;
  }

  public Order place(String customer, long cents) throws SQLException, IOException {
    Order order = store.place(customer, cents);
    cache.forget(customer);
    return order;
  }

  /** What a customer has ordered, in cents. */
  public long total(String customer) throws SQLException, IOException {
    OptionalLong cached = cache.total(customer);
    if (cached.isPresent()) {
      return cached.getAsLong();
    }
    long total = store.total(customer);
    cache.put(customer, total);
    return total;
  }
}
