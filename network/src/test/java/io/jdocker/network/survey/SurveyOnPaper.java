package io.jdocker.network.survey;

import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A survey of hosts that do not exist, for tests of what is made of one. */
public final class SurveyOnPaper {
  private SurveyOnPaper() {}

  /** Places, the host first; containers are those of the places, each once, and others. */
  public static Survey of(List<Network> networks, List<Sandbox> others, PlaceOnPaper... places) {
    List<Place> all = new ArrayList<>();
    List<Sandbox> sandboxes = new ArrayList<>();
    for (PlaceOnPaper paper : places) {
      Place place = paper.build();
      all.add(place);
      place.sandboxes().stream().filter(s -> !sandboxes.contains(s)).forEach(sandboxes::add);
    }
    others.stream().filter(s -> !sandboxes.contains(s)).forEach(sandboxes::add);
    return new Survey(all, Map.of(), networks, sandboxes);
  }

  public static Survey of(PlaceOnPaper... places) {
    return of(List.of(), List.of(), places);
  }

  /** A bridge network; its gateway has the subnet's first address. */
  public static Network network(String name, String bridge, String subnet, String... options) {
    Cidr cidr = Cidr.of(subnet);
    return new Network(
        name + "id",
        name,
        "bridge",
        Instant.EPOCH,
        Optional.of(IpamConfig.of(cidr, cidr.first().plus(1))),
        bridge,
        false,
        false,
        options.length == 0 ? Map.of() : Map.of(options[0], options[1]),
        Map.of());
  }

  /** A container with eth0 on a network; its id is its name and sixty-four zeros, cut to that. */
  public static Sandbox sandbox(String name, String network, String address, PortBinding... ports) {
    return new Sandbox(
        name + "sandbox",
        id(name),
        name,
        new NetworkMode.Bridge(),
        Optional.of(Path.of("/run/netns/" + name)),
        "jd-" + name,
        List.of(endpoint(name, network, "eth0", "veth" + name, address)),
        List.of(ports),
        List.of());
  }

  public static String id(String name) {
    return (name + "0".repeat(64)).substring(0, 64);
  }

  public static Endpoint endpoint(
      String name, String network, String link, String hostLink, String address) {
    return new Endpoint(
        name + network,
        network + "id",
        network,
        link,
        hostLink,
        Cidr.parse(address),
        Cidr.parse(address).map(c -> c.first().plus(1)),
        Optional.empty(),
        true,
        false,
        List.of());
  }

  /** A container without a namespace of its own or with another's. */
  public static Sandbox sandbox(
      String name, NetworkMode mode, Optional<Path> namespace, Endpoint... endpoints) {
    return new Sandbox(
        name + "sandbox",
        id(name),
        name,
        mode,
        namespace,
        "",
        List.of(endpoints),
        List.of(),
        List.of());
  }
}
