package io.jdocker.network.survey;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.network.Network;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.Candidates.Candidate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Looks at an engine's host: its own network namespace, those of its containers, and each foreign
 * one that a link of these leads to. Must be called in the engine's network namespace.
 */
public final class Surveyor {
  private static final String OWN = "/proc/thread-self/ns/net";

  private final Kernel kernel;
  private final Candidates candidates;
  private final Supplier<List<Network>> networks;
  private final Supplier<List<Sandbox>> sandboxes;

  /**
   * @param names where ip-netns(8) keeps names
   */
  public Surveyor(
      Kernel kernel,
      Path names,
      Supplier<List<Network>> networks,
      Supplier<List<Sandbox>> sandboxes) {
    this.kernel = kernel;
    this.candidates = new Candidates(names, Path.of("/proc"));
    this.networks = networks;
    this.sandboxes = sandboxes;
  }

  /** Looks at everything. */
  public Survey take() {
    List<Network> known = networks.get();
    List<Sandbox> containers =
        sandboxes.get().stream().sorted(Comparator.comparing(Sandbox::containerName)).toList();
    Sighting sighting = new Sighting(new Owners(known, containers));
    try {
      sighting.add("host", Place.Kind.HOST, Probe.open(kernel, OWN));
      Owners.first(containers).forEach(c -> open(sighting, c));
      includeForeign(sighting, candidates.named());
      if (sighting.hasUnknown()) {
        includeForeign(sighting, candidates.ofProcesses());
      }
      return new Survey(sighting.places(containers), sighting.probes, known, containers);
    } catch (RuntimeException e) {
      sighting.probes.values().forEach(Probe::close);
      throw e;
    }
  }

  private void open(Sighting sighting, Sandbox sandbox) {
    String file = sandbox.namespacePath().orElseThrow().toString();
    try {
      sighting.add(Owners.placeOf(sandbox), Place.Kind.CONTAINER, Probe.open(kernel, file));
    } catch (SyscallException gone) {
      return; // the container ended while we looked, or somebody unmounted its namespace
    }
  }

  /** Adds those that a link leads to, and those that a link of these leads to, and so on. */
  private void includeForeign(Sighting sighting, List<Candidate> all) {
    List<Candidate> open = new ArrayList<>(all);
    boolean again = true;
    while (again && sighting.hasUnknown()) {
      again = open.removeIf(candidate -> include(sighting, candidate));
    }
  }

  private boolean include(Sighting sighting, Candidate candidate) {
    Probe probe;
    try {
      probe = Probe.open(kernel, candidate.file());
    } catch (SyscallException notOne) {
      return false;
    }
    if (!sighting.leadsTo(probe)) {
      probe.close();
      return false;
    }
    sighting.add(candidate.name(), Place.Kind.FOREIGN, probe);
    return true;
  }

  /** A survey in the making. */
  private static final class Sighting {
    private final Owners owners;
    private final Map<String, Probe> probes = new LinkedHashMap<>();
    private final Map<String, Place.Kind> kinds = new LinkedHashMap<>();
    private final Map<String, List<LinkDetail>> links = new LinkedHashMap<>();
    private final Map<String, Map<Integer, String>> neighbours = new LinkedHashMap<>();

    Sighting(Owners owners) {
      this.owners = owners;
    }

    void add(String wanted, Place.Kind kind, Probe probe) {
      String name = probes.containsKey(wanted) ? wanted + " (foreign)" : wanted;
      if (probes.putIfAbsent(name, probe) != null) {
        probe.close();
        return;
      }
      kinds.put(name, kind);
      links.put(name, probe.netlink().linkDetails().list());
      neighbours.put(name, new LinkedHashMap<>());
      for (String place : List.copyOf(probes.keySet())) {
        acquaint(place, name);
        acquaint(name, place);
      }
    }

    /** Learns by which number one place knows another. */
    private void acquaint(String one, String other) {
      Map<Integer, String> known = neighbours.get(one);
      if (!one.equals(other) && !known.keySet().containsAll(numbers(one))) {
        probes
            .get(one)
            .netlink()
            .namespaceIds()
            .of(probes.get(other).namespace())
            .ifPresent(id -> known.put(id, other));
      }
    }

    private Set<Integer> numbers(String place) {
      Set<Integer> numbers = new TreeSet<>();
      links.get(place).stream()
          .map(LinkDetail::peerNamespace)
          .filter(n -> n != LinkDetail.SAME_NAMESPACE)
          .forEach(numbers::add);
      return numbers;
    }

    /** Whether a link leads where we do not know yet. */
    boolean hasUnknown() {
      return links.keySet().stream()
          .anyMatch(place -> !neighbours.get(place).keySet().containsAll(numbers(place)));
    }

    /** Whether a link of a known place leads to a namespace that is none of the known ones. */
    boolean leadsTo(Probe probe) {
      for (String place : probes.keySet()) {
        Set<Integer> unknown = numbers(place);
        unknown.removeAll(neighbours.get(place).keySet());
        if (!unknown.isEmpty()) {
          var number = probes.get(place).netlink().namespaceIds().of(probe.namespace());
          if (number.isPresent() && unknown.contains(number.getAsInt())) {
            return true;
          }
        }
      }
      return false;
    }

    List<Place> places(List<Sandbox> containers) {
      List<Place> places = new ArrayList<>();
      probes.forEach((name, probe) -> places.add(place(name, probe, containers)));
      return places;
    }

    private Place place(String name, Probe probe, List<Sandbox> containers) {
      return new Place(
          name,
          kinds.get(name),
          owners.in(name, kinds.get(name), containers),
          owners.links(kinds.get(name), links.get(name), probe.netlink().addresses().list()),
          probe.netlink().routes().list(),
          probe.netlink().forwarding().list(),
          probe.netlink().neighbours().list(),
          neighbours.get(name));
    }
  }
}
