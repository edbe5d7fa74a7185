package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.Sysctl;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.network.Family;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import io.jdocker.network.PortMapping;
import io.jdocker.network.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;

/**
 * Gives out ports of the host. A port is held by a socket bound to it: so a port that some other
 * program uses is noticed, and no other program can take one of ours. Thread-safe.
 */
public final class PortAllocator {
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPPROTO_SCTP = 132;
  private static final String ANY = "0.0.0.0";
  private static final String ANY_6 = "::";
  private static final String RANGE = "net.ipv4.ip_local_port_range";

  private record Key(Protocol protocol, int port) {}

  private final Kernel kernel;
  private final Relay relay;

  /** The addresses on which a port is held. */
  private final Map<Key, Set<String>> held = new HashMap<>();

  private int lastEphemeral;

  public PortAllocator(Kernel kernel, Relay relay) {
    this.kernel = kernel;
    this.relay = relay;
  }

  /**
   * Takes a port of the host for each mapping; all or none.
   *
   * @throws io.jdocker.linux.failure.EngineException in Docker's words when one is taken
   */
  public synchronized Reservation reserve(List<PortMapping> mappings, PortWays ways) {
    List<ReservedPort> taken = new ArrayList<>();
    try {
      for (PortMapping mapping : mappings) {
        taken.addAll(reserve(mapping, ways));
      }
      return new Reservation(this, kernel, relay, taken);
    } catch (RuntimeException e) {
      taken.forEach(this::release);
      throw e;
    }
  }

  /** Takes exactly these ports again, after a restart. */
  public synchronized Reservation restore(List<PortBinding> bindings) {
    List<ReservedPort> taken = new ArrayList<>();
    try {
      for (PortBinding binding : bindings) {
        taken.add(bind(binding));
      }
      return new Reservation(this, kernel, relay, taken);
    } catch (RuntimeException e) {
      taken.forEach(this::release);
      throw e;
    }
  }

  private List<ReservedPort> reserve(PortMapping mapping, PortWays ways) {
    if (mapping.firstHostPort() == 0) {
      return reserveEphemeral(mapping, ways);
    }
    RuntimeException last = null;
    for (int port = mapping.firstHostPort(); port <= mapping.lastHostPort(); port++) {
      try {
        return reserve(mapping, port, ways);
      } catch (SystemFailure e) {
        last = e;
      }
    }
    throw last;
  }

  private List<ReservedPort> reserveEphemeral(PortMapping mapping, PortWays ways) {
    int[] range = ephemeralRange();
    int count = range[1] - range[0] + 1;
    RuntimeException last = null;
    for (int i = 0; i < count; i++) {
      int next = lastEphemeral + 1;
      lastEphemeral = next < range[0] || next > range[1] ? range[0] : next;
      try {
        return reserve(mapping, lastEphemeral, ways);
      } catch (SystemFailure e) {
        last = e;
      }
    }
    throw new SystemFailure("all ports of the host are allocated", last);
  }

  /** The same port by each protocol there is a way in by. */
  private List<ReservedPort> reserve(PortMapping mapping, int port, PortWays ways) {
    Optional<String> chosen = mapping.hostAddress();
    List<ReservedPort> taken = new ArrayList<>();
    try {
      for (Family family : Family.values()) {
        String any = family == Family.IPV4 ? ANY : ANY_6;
        boolean wanted = chosen.map(a -> isIpv6(a) == (family == Family.IPV6)).orElse(true);
        if (wanted) {
          reserve(mapping.container(), chosen.orElse(any), port, family, ways)
              .ifPresent(taken::add);
        }
      }
      return taken;
    } catch (RuntimeException e) {
      taken.forEach(this::release);
      throw e;
    }
  }

  private Optional<ReservedPort> reserve(
      Port container, String address, int port, Family family, PortWays ways) {
    boolean six = family == Family.IPV6;
    return switch (ways.of(family)) {
      case NONE -> Optional.empty();
      case ROUTED ->
          Optional.of(new ReservedPort(PortBinding.routed(container, family), Optional.empty()));
      case HOST ->
          six && !hasIpv6()
              ? Optional.empty()
              : Optional.of(bind(new PortBinding(container, address, port)));
      case RELAYED ->
          container.protocol() == Protocol.SCTP || !hasIpv6()
              ? Optional.empty() // there is no relay for SCTP
              : Optional.of(bind(new PortBinding(container, address, port)));
    };
  }

  private static boolean isIpv6(String address) {
    return address.indexOf(':') >= 0;
  }

  private ReservedPort bind(PortBinding binding) {
    if (binding.isRouted()) {
      return new ReservedPort(binding, Optional.empty());
    }
    Key key = new Key(binding.container().protocol(), binding.hostPort());
    Set<String> addresses = held.getOrDefault(key, Set.of());
    boolean six = binding.isIpv6();
    String any = six ? ANY_6 : ANY;
    boolean clash =
        binding.hostAddress().equals(any)
            ? addresses.stream().anyMatch(a -> a.indexOf(':') >= 0 == six)
            : addresses.contains(any) || addresses.contains(binding.hostAddress());
    if (clash) {
      throw new SystemFailure("Bind for " + text(binding) + " failed: port is already allocated");
    }
    ReservedPort reserved = new ReservedPort(binding, socket(binding));
    held.computeIfAbsent(key, k -> new HashSet<>(2)).add(binding.hostAddress());
    return reserved;
  }

  private Optional<Fd> socket(PortBinding binding) {
    Protocol protocol = binding.container().protocol();
    SocketCalls sockets = kernel.sockets();
    int family = binding.isIpv6() ? SocketCalls.AF_INET6 : SocketCalls.AF_INET;
    int type =
        (protocol == Protocol.UDP ? SocketCalls.SOCK_DGRAM : SocketCalls.SOCK_STREAM)
            | SocketCalls.SOCK_NONBLOCK; // the relay must not wait on one client
    Fd fd;
    try {
      fd = sockets.socket(family, type, protocol == Protocol.SCTP ? IPPROTO_SCTP : 0);
    } catch (SyscallException e) {
      if (protocol == Protocol.SCTP && e.is(Errno.EPROTONOSUPPORT)) {
        return Optional.empty(); // nobody on this host can take the port then
      }
      throw e;
    }
    try {
      if (protocol != Protocol.UDP) {
        // As any server does: connections of an earlier one may still be in TIME_WAIT.
        sockets.setOption(fd, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1);
      }
      if (binding.isIpv6()) {
        sockets.setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
      }
      sockets.bind(fd, SocketAddresses.encode(binding.hostAddress(), binding.hostPort()));
      return Optional.of(fd);
    } catch (SyscallException e) {
      fd.close();
      throw refused(binding, e);
    }
  }

  static RuntimeException refused(PortBinding binding, SyscallException e) {
    if (e.is(Errno.EADDRINUSE)) {
      return new SystemFailure(
          "failed to bind host port "
              + text(binding)
              + "/"
              + binding.container().protocol()
              + ": address already in use",
          e);
    }
    if (e.is(Errno.EADDRNOTAVAIL)) {
      return new InvalidArgument(
          "failed to bind host port "
              + text(binding)
              + "/"
              + binding.container().protocol()
              + ": cannot assign requested address: the host does not have "
              + binding.hostAddress(),
          e);
    }
    return e;
  }

  private static String text(PortBinding binding) {
    String address = binding.isIpv6() ? "[" + binding.hostAddress() + "]" : binding.hostAddress();
    return address + ":" + binding.hostPort();
  }

  synchronized void release(ReservedPort reserved) {
    PortBinding binding = reserved.binding();
    Key key = new Key(binding.container().protocol(), binding.hostPort());
    Set<String> addresses = held.get(key);
    if (addresses != null) {
      addresses.remove(binding.hostAddress());
      if (addresses.isEmpty()) {
        held.remove(key);
      }
    }
    reserved.close();
  }

  private static boolean hasIpv6() {
    return Files.exists(Path.of("/proc/net/if_inet6"));
  }

  private static int[] ephemeralRange() {
    String[] ends = Sysctl.read(RANGE).split("\\s+", -1);
    return new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
  }
}
