package io.jdocker.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.engine.Container;
import io.jdocker.engine.Image;
import io.jdocker.junit.ContainerFixture;
import io.jdocker.junit.ImageFixture;
import io.jdocker.junit.Jdocker;
import io.jdocker.junit.WaitFor;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The service against PostgreSQL and Redis: one server of each for the class, an empty table for
 * each test. Nightly, as the images are made of Debian's packages, which must be there.
 */
@ExtendWith(DebianImages.class)
@Jdocker
@Tag("nightly")
class OrdersNightlyIT {
  @ImageFixture(folder = "target/images/postgres")
  static Image postgres;

  @ImageFixture(folder = "target/images/redis")
  static Image redis;

  @ContainerFixture(
      image = "postgres",
      ports = 5432,
      tmpfs = "/data",
      waitFor = @WaitFor(port = 5432, log = "ready to accept connections"))
  static Container database;

  @ContainerFixture(image = "redis", ports = 6379, waitFor = @WaitFor(healthy = true))
  static Container cache;

  private Connection connection;
  private TotalCache totals;
  private Orders orders;

  @BeforeEach
  void connect() throws Exception {
    connection =
        DriverManager.getConnection(
            "jdbc:postgresql://" + database.host() + ":" + database.mappedPort(5432) + "/postgres",
            "orders",
            "");
    OrderStore store = new OrderStore(connection);
    store.migrate();
    totals = new TotalCache(cache.host(), cache.mappedPort(6379));
    orders = new Orders(store, totals);
  }

  @AfterEach
  void forget() throws Exception {
    connection.createStatement().execute("DROP TABLE orders");
    connection.close();
    totals.forget("ada");
    totals.close();
  }

  @Test
  void aTotalIsThatOfAllOrders() throws Exception {
    orders.place("ada", 500);
    orders.place("ada", 250);
    orders.place("grace", 1);
    assertEquals(750, orders.total("ada"));
  }

  @Test
  void aTotalIsCachedUntilTheNextOrder() throws Exception {
    orders.place("ada", 500);
    assertEquals(500, orders.total("ada"));
    assertEquals(500, totals.total("ada").orElseThrow());
    orders.place("ada", 1);
    assertEquals(501, orders.total("ada"));
  }

  @Test
  void anOrderOfLessThanNothingIsRefusedByTheDatabase() {
    assertThrows(SQLException.class, () -> orders.place("ada", -1));
  }

  @Test
  void theCacheMayBeGone() throws Exception {
    cache.pause();
    cache.unpause();
    assertEquals("PONG\n", cache.exec("/usr/bin/redis-cli", "ping").stdout());
  }
}
