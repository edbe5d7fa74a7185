package io.jdocker.network.overlay;

import java.lang.System.Logger.Level;
import java.util.Optional;

/** Whether the cluster store answers. Each turn is logged once. Thread-safe. */
public final class StoreHealth {
  private static final System.Logger LOG = System.getLogger(StoreHealth.class.getName());

  private final String store;
  private Optional<String> problem = Optional.empty();

  StoreHealth(String store) {
    this.store = store;
  }

  /** It has answered. */
  synchronized void works() {
    if (problem.isPresent()) {
      LOG.log(Level.INFO, "cluster store {0} answers again", store);
      problem = Optional.empty();
    }
  }

  /** It has not. */
  synchronized void fails(String reason) {
    if (problem.isEmpty()) {
      LOG.log(Level.WARNING, "{0}; what runs goes on, hosts that come or go are not seen", reason);
    }
    problem = Optional.of(reason);
  }

  /** What is wrong now; empty while it answers. */
  public synchronized Optional<String> problem() {
    return problem;
  }
}
