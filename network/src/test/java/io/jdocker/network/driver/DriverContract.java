package io.jdocker.network.driver;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.LeakCheck;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.namespace.OpenNamespace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What every driver does, whatever it does it by. */
abstract class DriverContract {
  static final Kernel KERNEL = Kernel.load();
  private static final String PIN = "0123456789ab";

  @TempDir private Path root;
  private HostNamespaces machines;
  private LeakCheck before;
  private Driver driver;

  /** The driver under test; called on a thread of the host. */
  abstract Driver create();

  /** Lets go of what {@link #create} opened; called on a thread of the host. */
  abstract void destroy();

  abstract Network network();

  abstract Endpoint endpoint();

  @BeforeEach
  void open() {
    machines = HostNamespaces.create(KERNEL);
    before = LeakCheck.take(machines, root, "");
    driver = machines.run(this::create);
  }

  @AfterEach
  void close() {
    machines.run(this::destroy);
    assertEquals(before.found(), LeakCheck.take(machines, root, "").found());
    machines.close();
  }

  private Supplier<Optional<OpenNamespace>> opened(Namespaces namespaces) {
    return () -> Optional.of(namespaces.open(PIN));
  }

  @Test
  void everythingCanBeDoneAgainAndIsUndone() {
    machines.run(
        () -> {
          driver.ensure(network(), Trace.off());
          driver.ensure(network(), Trace.off());
          Namespaces namespaces = new Namespaces(KERNEL, root, root.resolve("names"), 0);
          try (OpenNamespace namespace = namespaces.create(PIN, "n", Trace.off())) {
            driver.join(network(), endpoint(), namespace, "n", true, Trace.off());
            driver.awaitReady(endpoint());
            driver.ensure(network(), Trace.off()); // as a restarted engine does
            driver.rejoin(network(), endpoint(), true);
            driver.sweep(network(), Set.of(endpoint().hostLink()));
            assertEquals(driver.traits().links(), hasLink(namespace));
          }
          driver.leave(network(), endpoint(), opened(namespaces), Trace.off());
          try (OpenNamespace namespace = namespaces.open(PIN)) {
            assertFalse(hasLink(namespace), "gone before its namespace");
          }
          driver.leave(network(), endpoint(), opened(namespaces), Trace.off());
          namespaces.remove(PIN);
          namespaces.remove(PIN);
          driver.leave(network(), endpoint(), Optional::empty, Trace.off());
          driver.remove(network());
          driver.remove(network());
        });
  }

  private boolean hasLink(OpenNamespace namespace) {
    return !endpoint().link().isEmpty()
        && namespace.netlink().links().find(endpoint().link()).isPresent();
  }

  @Test
  void joiningTwiceIsRefusedAndTheFirstGoesOn() {
    machines.run(
        () -> {
          driver.ensure(network(), Trace.off());
          Namespaces namespaces = new Namespaces(KERNEL, root, root.resolve("names"), 0);
          try (OpenNamespace namespace = namespaces.create(PIN, "n", Trace.off())) {
            driver.join(network(), endpoint(), namespace, "n", false, Trace.off());
            Executable again =
                () -> driver.join(network(), endpoint(), namespace, "n", false, Trace.off());
            if (driver.traits().links()) {
              assertThrows(RuntimeException.class, again);
            } else {
              assertDoesNotThrow(again);
            }
            assertEquals(driver.traits().links(), hasLink(namespace));
          }
          driver.leave(network(), endpoint(), opened(namespaces), Trace.off());
          namespaces.remove(PIN);
          driver.remove(network());
        });
  }

  @Test
  void leavingWhatWasNeverJoinedDoesNothing() {
    machines.run(() -> driver.leave(network(), endpoint(), Optional::empty, Trace.off()));
    machines.run(() -> driver.remove(network()));
  }

  @Test
  void aDriverHasADockerName() {
    assertFalse(driver.name().isEmpty());
    assertEquals(network().driver(), driver.name());
  }
}
