package io.jdocker.network.driver;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.namespace.OpenNamespace;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** The networks host and none: neither has links, so there is nothing to do. */
public final class NullDriver implements Driver {
  private final String name;

  /**
   * @param name {@code host} or {@code null}
   */
  public NullDriver(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    throw new Forbidden("only one instance of \"" + name + "\" network is allowed");
  }

  @Override
  public Traits traits() {
    return new Traits(false, false, false, false);
  }

  @Override
  public void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String name,
      boolean hairpin,
      Trace trace) {}

  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {}
}
