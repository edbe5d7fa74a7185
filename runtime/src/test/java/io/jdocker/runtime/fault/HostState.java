package io.jdocker.runtime.fault;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.OpenDescriptors;
import io.jdocker.runtime.testing.Footprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that there is on a machine because of an engine: its {@link Footprint}, links, addresses,
 * routes, the descriptors of this process, and firewall rules where they are asked for.
 *
 * @param found what was found, by kind
 */
record HostState(Map<String, List<String>> found) {
  private static final String DESCRIPTORS = "descriptors";

  static HostState take(HostNamespaces machines, Kernel kernel, Path root, String cgroupParent)
      throws IOException {
    Map<String, List<String>> found = new TreeMap<>(Footprint.of(root, "/" + cgroupParent).found());
    found.put(DESCRIPTORS, OpenDescriptors.now().open());
    machines.run(() -> addLinks(kernel, found));
    return new HostState(found);
  }

  /** The firewall's rules, which only another program can tell: 20 ms or more. */
  HostState withRules(HostNamespaces machines) {
    Map<String, List<String>> all = new TreeMap<>(found);
    String rules =
        machines.shell("iptables-save | sed \"/^[#*C]/d; / ACCEPT /d; s/ \\[.*\\]//\"").output();
    all.put("rules", rules.lines().sorted().toList());
    return new HostState(all);
  }

  private static void addLinks(Kernel kernel, Map<String, List<String>> found) {
    try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
      found.put("links", netlink.links().list().stream().map(LinkInfo::name).sorted().toList());
      found.put(
          "addresses",
          netlink.addresses().list().stream()
              .filter(address -> address.address().getAddress().length == 4)
              .map(HostState::shown)
              .sorted()
              .toList());
      found.put("routes", netlink.routes().list().stream().map(HostState::shown).sorted().toList());
    }
  }

  /** Without the link's number, which is another one each time a bridge is made. */
  private static String shown(LinkAddress address) {
    return address.address().getHostAddress() + "/" + address.prefix();
  }

  private static String shown(Route route) {
    return route.destination() + "/" + route.prefix() + " via " + route.gateway();
  }

  /** The same without what this process has open. */
  HostState withoutDescriptors() {
    Map<String, List<String>> rest = new TreeMap<>(found);
    rest.remove(DESCRIPTORS);
    return new HostState(rest);
  }

  /** The same without files, some of which come and go with each attempt. */
  HostState withoutFiles() {
    Map<String, List<String>> rest = new TreeMap<>(found);
    rest.remove("files");
    return new HostState(rest);
  }

  /** What was added or is missing, of the kinds that both tell of. */
  List<String> differenceTo(HostState before) {
    List<String> differences = new ArrayList<>();
    found.forEach(
        (kind, now) -> {
          List<String> wanted = before.found.getOrDefault(kind, now); // equal where not asked for
          List<String> more = new ArrayList<>(now);
          wanted.forEach(more::remove);
          more.forEach(one -> differences.add("left: " + kind + " " + one));
          List<String> fewer = new ArrayList<>(wanted);
          now.forEach(fewer::remove);
          if (!kind.equals(DESCRIPTORS)) { // an engine before this one may close some late
            fewer.forEach(one -> differences.add("lost: " + kind + " " + one));
          }
        });
    return differences;
  }
}
