package io.jdocker.network.driver;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds of network an engine knows, by name. Immutable. */
public final class Drivers {
  /** Kinds that Docker has and this engine will have. */
  private static final Set<String> PLANNED = Set.of("overlay");

  private final Map<String, Driver> byName = new LinkedHashMap<>();

  public Drivers(List<Driver> drivers) {
    drivers.forEach(d -> byName.put(d.name(), d));
  }

  public Driver of(Network network) {
    return get(network.driver());
  }

  /** The driver of that name; for a planned one an error that says so. */
  public Driver get(String name) {
    Driver driver = byName.get(name);
    if (driver != null) {
      return driver;
    }
    if (PLANNED.contains(name)) {
      throw new Unsupported("network driver " + name + " is not supported yet");
    }
    throw new NotFound("plugin \"" + name + "\" not found");
  }
}
