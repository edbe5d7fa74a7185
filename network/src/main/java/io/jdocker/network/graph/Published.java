package io.jdocker.network.graph;

import io.jdocker.network.Endpoint;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import java.util.List;

/** The published ports of a container's link, as people read them. */
final class Published {
  private Published() {}

  /** {@code 0.0.0.0:8080 -> 80/tcp} for each port that leads to that link. */
  static List<String> at(Place place, SeenLink link) {
    return place.sandboxes().stream()
        .filter(s -> s.outside().map(Endpoint::link).filter(link.name()::equals).isPresent())
        .flatMap(s -> s.bindings().stream())
        .map(Published::text)
        .toList();
  }

  static List<String> of(Sandbox sandbox) {
    return sandbox.bindings().stream().map(Published::text).toList();
  }

  private static String text(PortBinding binding) {
    String host = binding.isIpv6() ? "[" + binding.hostAddress() + "]" : binding.hostAddress();
    return host + ":" + binding.hostPort() + " -> " + binding.container();
  }
}
