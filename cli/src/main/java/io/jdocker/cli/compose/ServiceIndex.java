package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import java.io.IOException;
import java.util.List;

/** One container of a service: the one with a number, or the first. */
final class ServiceIndex {
  private ServiceIndex() {}

  /** Finds it; {@code index} 0 is the first one. */
  static ServiceContainer find(ProjectEngine engine, String service, long index)
      throws IOException {
    List<ServiceContainer> all = engine.of(service);
    for (ServiceContainer container : all) {
      if (index == 0 || container.number() == index) {
        return container;
      }
    }
    throw new CommandFailure(
        index == 0
            ? "service \"" + service + "\" is not running"
            : "service \"" + service + "\" is not running container #" + index);
  }

  /** The same, which must be running. */
  static ServiceContainer running(ProjectEngine engine, String service, long index)
      throws IOException {
    for (ServiceContainer container : engine.of(service)) {
      if (container.isRunning() && (index == 0 || container.number() == index)) {
        return container;
      }
    }
    throw new CommandFailure(
        index == 0
            ? "service \"" + service + "\" is not running"
            : "service \"" + service + "\" is not running container #" + index);
  }
}
