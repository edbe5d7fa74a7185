package io.jdocker.network.driver;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of network an engine knows, by name. Immutable. */
public final class Drivers {
  private final Map<String, Driver> byName = new LinkedHashMap<>();

  public Drivers(List<Driver> drivers) {
    drivers.forEach(d -> byName.put(d.name(), d));
  }

  public Driver of(Network network) {
    return get(network.driver());
  }

  /** The driver of that name. */
  public Driver get(String name) {
    Driver driver = byName.get(name);
    if (driver != null) {
      return driver;
    }
    throw new NotFound("plugin \"" + name + "\" not found");
  }
}
