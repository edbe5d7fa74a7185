package io.jdocker.cli.compose.act;

import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.compose.engine.ServiceContainer;
import java.util.ArrayList;
import java.util.List;

/** The services that a container's label says it depends on. */
final class DependsOnLabel {
  private DependsOnLabel() {}

  static List<String> services(ServiceContainer container) {
    List<String> services = new ArrayList<>();
    String label = container.labels().getOrDefault(Labels.DEPENDS_ON, "");
    for (String entry : label.split(",", -1)) {
      String service = entry.split(":", -1)[0];
      if (!service.isEmpty()) {
        services.add(service);
      }
    }
    return services;
  }
}
