package io.jdocker.network.driver;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.StackedLinkCalls.StackedLink;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Endpoint;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.namespace.OpenNamespace;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jnr.constants.platform.Errno;

/**
 * Containers directly on a link of the host, without a bridge and without translation: macvlan and
 * ipvlan. Their link is made inside the container's namespace. The host itself cannot talk to them
 * by that parent: that is how the kernel has it.
 */
public final class StackedDriver implements Driver {
  private final Rtnetlink host;
  private final LinkReaper reaper;
  private final Stacking stacking;

  private StackedDriver(Rtnetlink host, LinkReaper reaper, Stacking stacking) {
    this.host = host;
    this.reaper = reaper;
    this.stacking = stacking;
  }

  public static StackedDriver macvlan(Rtnetlink host, LinkReaper reaper) {
    return new StackedDriver(host, reaper, new MacvlanStacking());
  }

  public static StackedDriver ipvlan(Rtnetlink host, LinkReaper reaper) {
    return new StackedDriver(host, reaper, new IpvlanStacking());
  }

  @Override
  public String name() {
    return stacking.kind();
  }

  /** A VLAN that is not there yet. */
  @Override
  public String ownLink(NetworkSpec spec, String standard) {
    String parent = parent(spec.options()).name();
    return host.links().find(parent).isPresent() ? "" : parent;
  }

  @Override
  public Traits traits() {
    return new Traits(true, false, stacking.ownMac(), true);
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    for (String option : spec.options().keySet()) {
      boolean known =
          option.equals(ParentLink.OPTION)
              || option.equals(BridgeOptions.MTU)
              || stacking.options().contains(option);
      if (!known) {
        throw new InvalidArgument("invalid option \"" + option + "\" for driver " + name());
      }
    }
    stacking.check(spec.options());
    BridgeOptions.checked(spec.options());
    ParentLink parent = parent(spec.options());
    others.stream()
        .filter(n -> n.driver().equals(name()) && parent(n.options()).name().equals(parent.name()))
        .findFirst()
        .ifPresent(
            n -> {
              throw new Conflict(
                  "network " + n.name() + " is already using parent interface " + parent.name());
            });
    if (host.links().find(parent.name()).isEmpty()) {
      requireBase(parent);
    }
  }

  private static ParentLink parent(Map<String, String> options) {
    String name = options.getOrDefault(ParentLink.OPTION, "");
    if (!ParentLink.isLinkName(name)) {
      throw new InvalidArgument(
          name.isEmpty()
              ? "option parent is missing: name a link of the host, as in -o parent=eth0"
              : "invalid parent interface \"" + name + "\"");
    }
    return ParentLink.parse(name);
  }

  private LinkInfo requireBase(ParentLink parent) {
    return host.links()
        .find(parent.base())
        .filter(link -> parent.vlan().isPresent())
        .orElseThrow(
            () ->
                new NotFound(
                    "parent interface "
                        + parent.name()
                        + " was not found on the host: name one that ip link shows, or"
                        + " LINK.VLAN for a VLAN of it"));
  }

  /** A VLAN's link is made where there is none. */
  @Override
  public void ensure(Network network, Trace trace) {
    ParentLink parent = parent(network.options());
    if (host.links().find(parent.name()).isPresent()) {
      return;
    }
    LinkInfo base = requireBase(parent);
    int id = parent.vlan().orElseThrow();
    refused(
        "vlan",
        parent.name(),
        () -> host.stackedLinks().createVlan(parent.name(), base.index(), id));
    trace.record(
        Stage.NETWORK,
        "make the link for VLAN " + id,
        () -> "RTM_NEWLINK " + parent.name() + " kind=vlan",
        "0",
        0,
        () ->
            "ip link add link "
                + parent.base()
                + (" name " + parent.name() + " up type vlan id " + id));
  }

  /** What the kernel refuses, in words that say what to do. */
  private static void refused(String kind, String parent, Runnable creation) {
    try {
      creation.run();
    } catch (SyscallException e) {
      if (e.is(Errno.EOPNOTSUPP)) {
        throw new Unsupported(
            kind
                + " not supported by kernel: it needs the module "
                + kind
                + " (modprobe "
                + kind
                + ")",
            e);
      }
      if (e.is(Errno.EBUSY) || e.is(Errno.EINVAL)) {
        throw new Conflict(
            "interface "
                + parent
                + " cannot take another "
                + kind
                + " link: it is a port of something else, or a passthru link has it for itself: "
                + e.getMessage(),
            e);
      }
      throw e;
    }
  }

  @Override
  public void remove(Network network) {
    if (!network.bridge().isEmpty()) {
      reaper.delete(network.bridge());
    }
  }

  @Override
  public void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String name,
      boolean hairpin,
      Trace trace) {
    long start = System.nanoTime();
    String parent = parent(network.options()).name();
    int index =
        host.links()
            .find(parent)
            .orElseThrow(() -> new NotFound("parent interface " + parent + " is gone"))
            .index();
    String mac = endpoint.mac().map(MacAddress::toString).orElse("");
    StackedLink link =
        new StackedLink(
            endpoint.link(), index, mac, BridgeOptions.of(network).mtu(), namespace.fd());
    refused(name(), parent, () -> stacking.create(host, link, network.options()));
    trace.record(
        Stage.NETWORK,
        "put the container on link " + parent + " of the host",
        () -> "RTM_NEWLINK " + endpoint.link() + " kind=" + name() + " IFLA_NET_NS_FD",
        "0",
        start,
        () ->
            "ip link add link "
                + parent
                + (" name " + endpoint.link() + " netns " + name)
                + (mac.isEmpty() ? " " : " address " + mac + " ")
                + stacking.describe(network.options()));
    if (stacking.withoutGateway(network.options())) {
      ContainerEnd.raiseWithoutGateway(endpoint, namespace, name, trace);
    } else {
      ContainerEnd.raise(endpoint, namespace, name, trace);
    }
  }

  /** Such a link passes packets from the moment it is up. */
  /** The link is all inside the container, where an engine's restart changes nothing. */
  /**
   * The link would go with its namespace, but some time later; until then its address is taken on
   * the parent, and a passthru parent with it.
   */
  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {
    long start = System.nanoTime();
    Optional<OpenNamespace> open = namespace.get();
    if (open.isEmpty()) {
      return;
    }
    try (OpenNamespace inside = open.get()) {
      boolean deleted = inside.netlink().links().delete(endpoint.link());
      trace.record(
          Stage.TEARDOWN,
          "delete the container's link",
          () -> "RTM_DELLINK " + endpoint.link(),
          deleted ? "0" : "ENODEV",
          start,
          () -> "true # " + endpoint.link() + " goes with the namespace");
    }
  }
}
