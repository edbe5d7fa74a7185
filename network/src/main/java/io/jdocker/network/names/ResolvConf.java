package io.jdocker.network.names;

import io.jdocker.network.NamesSpec;
import io.jdocker.network.dns.ServedContainer;
import io.jdocker.network.dns.Upstreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of a container's /etc/resolv.conf: the host's, without servers that only the host can
 * reach, and with whatever the user chose instead. See resolv.conf(5).
 */
public final class ResolvConf {
  private static final List<String> FALLBACK = List.of("8.8.8.8", "8.8.4.4");

  private ResolvConf() {}

  /** Whether the host's file names only a resolver on the host's own loopback. */
  static boolean isLoopbackOnly(String hostText) {
    List<String> servers = values(hostText, "nameserver");
    return !servers.isEmpty() && servers.stream().allMatch(ResolvConf::isLoopback);
  }

  /**
   * The text for a container.
   *
   * @param hostText the host's resolv.conf
   * @param ownNamespace true where the host's loopback cannot be reached
   */
  public static String text(String hostText, NamesSpec spec, boolean ownNamespace) {
    boolean chosen =
        !spec.dns().isEmpty() || !spec.dnsSearch().isEmpty() || !spec.dnsOptions().isEmpty();
    List<String> hostServers = values(hostText, "nameserver");
    boolean untouched =
        !chosen
            && (!ownNamespace
                || (!hostServers.isEmpty()
                    && hostServers.stream().noneMatch(ResolvConf::isLoopback)));
    if (untouched) {
      return hostText;
    }
    List<String> servers = spec.dns();
    if (servers.isEmpty()) {
      servers = hostServers.stream().filter(s -> !ownNamespace || !isLoopback(s)).toList();
    }
    if (servers.isEmpty()) {
      servers = FALLBACK;
    }
    return compose(
        chosenOr(spec.dnsSearch(), last(hostText, "search")),
        servers,
        chosenOr(spec.dnsOptions(), last(hostText, "options")));
  }

  /**
   * The text for a container whose names the engine answers. A name without a dot is asked for as
   * it is at first ({@code ndots:0}), as it is most likely another container's.
   */
  static String internal(String hostText, NamesSpec spec) {
    List<String> options = new ArrayList<>(chosenOr(spec.dnsOptions(), last(hostText, "options")));
    if (options.stream().noneMatch(o -> o.startsWith("ndots:"))) {
      options.add("ndots:0");
    }
    return compose(
        chosenOr(spec.dnsSearch(), last(hostText, "search")),
        List.of(ServedContainer.ADDRESS),
        options);
  }

  /** The servers behind the engine's own: those chosen, else the host's. */
  static Upstreams upstreams(String hostText, NamesSpec spec, boolean reachable) {
    List<Upstreams.Server> servers = new ArrayList<>();
    spec.dns().forEach(s -> servers.add(new Upstreams.Server(s, false)));
    if (servers.isEmpty()) {
      values(hostText, "nameserver")
          .forEach(s -> servers.add(new Upstreams.Server(s, isLoopback(s))));
    }
    if (servers.isEmpty()) {
      FALLBACK.forEach(s -> servers.add(new Upstreams.Server(s, false)));
    }
    boolean chosen = spec.dnsOptions().stream().anyMatch(o -> o.matches("ndots:[1-9][0-9]*"));
    return new Upstreams(servers, reachable, !chosen);
  }

  private static String compose(List<String> search, List<String> servers, List<String> options) {
    StringBuilder text = new StringBuilder();
    List<String> domains = search.equals(List.of(".")) ? List.of() : search;
    if (!domains.isEmpty()) {
      text.append("search ").append(String.join(" ", domains)).append('\n');
    }
    servers.forEach(s -> text.append("nameserver ").append(s).append('\n'));
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }

  private static List<String> chosenOr(List<String> chosen, List<String> hosts) {
    return chosen.isEmpty() ? hosts : chosen;
  }

  private static List<String> values(String text, String keyword) {
    List<String> values = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      List<String> words = words(line);
      if (words.size() > 1 && words.get(0).equals(keyword)) {
        values.add(words.get(1));
      }
    }
    return values;
  }

  /** The values of the last line with that keyword, which is the one that counts. */
  private static List<String> last(String text, String keyword) {
    List<String> found = List.of();
    for (String line : text.split("\n", -1)) {
      List<String> words = words(line);
      if (words.size() > 1 && words.get(0).equals(keyword)) {
        found = words.subList(1, words.size());
      }
    }
    return found;
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.strip().split("\\s+", -1)).filter(w -> !w.isEmpty()).toList();
  }

  private static boolean isLoopback(String server) {
    return server.startsWith("127.") || server.equals("::1");
  }
}
