package io.jdocker.compose.load;

import io.jdocker.compose.model.Dependency;
import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.Mount;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.order.StartOrder;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that what the services of a project name is there. */
final class References {
  private static final String INVALID = ": invalid compose project";

  private final Project project;

  References(Project project) {
    this.project = project;
  }

  void check() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (Service service : project.services().values()) {
      dependencies(service);
      networks(service);
      storage(service);
      needs.put(service.name(), service.dependsOn().keySet());
    }
    StartOrder.of(needs);
  }

  private void dependencies(Service service) {
    for (Map.Entry<String, Dependency> needed : service.dependsOn().entrySet()) {
      String name = needed.getKey();
      if (!project.services().containsKey(name) && needed.getValue().required()) {
        String state = project.disabled().contains(name) ? "disabled" : "undefined";
        throw mistake(
            service, "depends_on", name, "depends on " + state + " service \"" + name + "\"");
      }
    }
  }

  private void networks(Service service) {
    for (String network : service.connection().networks().keySet()) {
      if (!project.networks().containsKey(network)) {
        throw mistake(service, "networks", network, "refers to undefined network " + network);
      }
    }
  }

  private void storage(Service service) {
    for (Mount mount : service.storage().mounts()) {
      boolean isNamed = mount.type().equals("volume") && !mount.source().isEmpty();
      if (isNamed && !project.volumes().containsKey(mount.source())) {
        throw mistake(service, "volumes", "", "refers to undefined volume " + mount.source());
      }
    }
    files(service, "secret", service.storage().secrets(), project.secrets().keySet());
    files(service, "config", service.storage().configs(), project.configs().keySet());
  }

  private static void files(
      Service service, String kind, List<FileReference> references, Set<String> known) {
    for (FileReference reference : references) {
      if (!known.contains(reference.source())) {
        throw mistake(
            service, kind + "s", "", "refers to undefined " + kind + " " + reference.source());
      }
    }
  }

  private static RuntimeException mistake(Service service, String key, String member, String what) {
    Mapping document = service.document();
    Position at = document.keyPosition(key);
    if (document.find(key).orElse(null) instanceof Mapping below && below.has(member)) {
      at = below.keyPosition(member);
    }
    return Mistake.at(at, "", "service \"" + service.name() + "\" " + what + INVALID);
  }
}
