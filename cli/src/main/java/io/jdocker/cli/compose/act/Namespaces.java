package io.jdocker.cli.compose.act;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Containers that a container shares a namespace or volumes with. */
final class Namespaces {
  private static final String SERVICE = "service:";

  private Namespaces() {}

  /** The services whose network, processes or IPC it shares. */
  static Set<String> sharedWith(Service service) {
    Set<String> shared = new LinkedHashSet<>();
    for (String mode :
        List.of(
            service.connection().mode(),
            service.confinement().pid(),
            service.confinement().ipc())) {
      if (mode.startsWith(SERVICE)) {
        shared.add(mode.substring(SERVICE.length()));
      }
    }
    return shared;
  }

  /** The first container of each of them, and of those it has volumes from. */
  static Map<String, String> containers(ProjectEngine engine, Service service) throws IOException {
    Set<String> services = sharedWith(service);
    for (String from : service.storage().volumesFrom()) {
      if (!from.startsWith("container:")) {
        services.add(from.split(":", -1)[0]);
      }
    }
    Map<String, String> ids = new LinkedHashMap<>();
    for (String name : services) {
      List<ServiceContainer> containers = engine.of(name);
      if (containers.isEmpty()) {
        throw new CommandFailure(
            "cannot share with container of service " + name + ": container missing");
      }
      ids.put(name, containers.get(0).id());
    }
    return ids;
  }
}
