package io.jdocker.linux.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an engine could leave behind on a host, at one moment: links, addresses, routes, firewall
 * rules, listening sockets, mounts below its root, named namespaces that point there, control
 * groups of its own. Two of them are equal when nothing was left.
 *
 * @param found what was found, by kind
 */
public record LeakCheck(Map<String, List<String>> found) {
  /**
   * Looks around.
   *
   * @param root the engine's root folder
   * @param cgroupParent name of the engine's own cgroup folder; empty text for none
   */
  public static LeakCheck take(HostNamespaces host, Path root, String cgroupParent) {
    Map<String, List<String>> found = new TreeMap<>();
    found.put(
        "links",
        lines(host, "ip -o link 2>/dev/null | sed 's/^[0-9]*: //; s/ state .*//; s/<.*>//'"));
    found.put("addresses", lines(host, "ip -o -4 address | sed 's/^[0-9]*: //'"));
    found.put("routes", lines(host, "ip -4 route | sed 's/ linkdown//'"));
    found.put("rules", lines(host, "iptables-save | sed '/^[#*C]/d; / ACCEPT /d; s/ \\[.*\\]//'"));
    found.put(
        "rules6", lines(host, "ip6tables-save | sed '/^[#*C]/d; / ACCEPT /d; s/ \\[.*\\]//'"));
    found.put("sockets", lines(host, "ss -Hlntu | awk \"{print \\$1,\\$5}\" | sort"));
    found.put("mounts", mounts(root));
    found.put("names", names(root));
    found.put("cgroups", cgroups(cgroupParent));
    return new LeakCheck(found);
  }

  private static List<String> lines(HostNamespaces host, String command) {
    return host.shell(command).output().lines().map(String::strip).sorted().toList();
  }

  private static List<String> mounts(Path root) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .map(l -> l.split(" ", 6)[4])
          .filter(m -> Path.of(m).startsWith(root))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path root) {
    Path folder = Path.of("/run/netns");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> links = Files.list(folder)) {
      return links
          .filter(Files::isSymbolicLink)
          .filter(l -> pointsBelow(l, root))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean pointsBelow(Path link, Path root) {
    try {
      return Files.readSymbolicLink(link).startsWith(root);
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }

  private static List<String> cgroups(String parent) {
    if (parent.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies)
          .map(h -> h.resolve(parent))
          .filter(Files::isDirectory)
          .flatMap(LeakCheck::folders)
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> folders(Path parent) {
    try (Stream<Path> children = Files.walk(parent)) {
      return children.filter(Files::isDirectory).collect(Collectors.toList()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
