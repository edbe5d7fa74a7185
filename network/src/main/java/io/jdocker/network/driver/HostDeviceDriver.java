package io.jdocker.network.driver;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkSpec;
import io.jdocker.network.namespace.OpenNamespace;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A link of the host, be it a network card or an SR-IOV virtual function, that one container has
 * for itself. It is moved into the container and back, with its name, addresses and routes: what it
 * was is written down before it is touched, so that a kill in between is mended at the next start.
 */
public final class HostDeviceDriver implements Driver {
  static final String DEVICE = "device";

  private final Kernel kernel;
  private final Rtnetlink host;
  private final StateFolder<DeviceState> files;

  public HostDeviceDriver(Kernel kernel, Rtnetlink host, Path folder) {
    this.kernel = kernel;
    this.host = host;
    this.files = new StateFolder<>(folder, DeviceState.class);
  }

  @Override
  public String name() {
    return "host-device";
  }

  @Override
  public Traits traits() {
    return new Traits(true, false, false, false);
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    for (String option : spec.options().keySet()) {
      if (!option.equals(DEVICE)) {
        throw new InvalidArgument("invalid option \"" + option + "\" for driver " + name());
      }
    }
    String device = device(spec.options());
    for (Network other : others) {
      if (other.driver().equals(name()) && device(other.options()).equals(device)) {
        throw new Conflict("network " + other.name() + " has the device " + device + " already");
      }
    }
    LinkInfo link = find(device);
    if (link.name().equals("lo") || link.master() != 0) {
      throw new Conflict(
          "device " + device + " cannot be given away: it is the loopback or a port of a bridge");
    }
  }

  private static String device(Map<String, String> options) {
    String device = options.getOrDefault(DEVICE, "");
    if (!ParentLink.isLinkName(device)) {
      throw new InvalidArgument(
          device.isEmpty()
              ? "option device is missing: name a link of the host, as in -o device=eth1"
              : "invalid device \"" + device + "\"");
    }
    return device;
  }

  private LinkInfo find(String device) {
    return host.links()
        .find(device)
        .orElseThrow(
            () ->
                new NotFound(
                    "device "
                        + device
                        + " was not found on the host: another container may have it, see ip link"));
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
    String device = device(network.options());
    LinkInfo link = find(device);
    DeviceState before = DeviceState.of(host, link);
    files.write(endpoint.id(), before);
    host.links().setDown(link.index());
    host.links().setNamespace(link.index(), namespace.fd());
    Rtnetlink inside = namespace.netlink();
    int index = inside.links().find(device).orElseThrow().index();
    inside.links().rename(index, endpoint.link());
    trace.record(
        Stage.NETWORK,
        "give the container the host's link " + device,
        () -> "RTM_NEWLINK " + device + " IFLA_NET_NS_FD; IFLA_IFNAME " + endpoint.link(),
        "0",
        start,
        () ->
            "ip link set "
                + device
                + (" netns " + name + " name " + endpoint.link())
                + (" && ip -n " + name + " link set " + endpoint.link() + " up"));
    if (endpoint.address().isPresent()) {
      ContainerEnd.raise(endpoint, namespace, name, trace);
    } else {
      inside.links().setUp(index);
      before.applyTo(inside, index);
    }
  }

  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {
    Optional<DeviceState> before = files.find(endpoint.id());
    if (before.isEmpty()) {
      return; // it was never taken, or is back
    }
    long start = System.nanoTime();
    String device = before.get().name();
    if (host.links().find(device).isEmpty()) {
      namespace
          .get()
          .ifPresent(
              open -> {
                try (open) {
                  bringBack(device, endpoint, open.netlink());
                }
              });
    }
    Optional<LinkInfo> back = host.links().find(device);
    back.ifPresent(link -> before.get().restoreTo(host, link.index()));
    files.delete(endpoint.id());
    trace.record(
        Stage.TEARDOWN,
        "give the host its link " + device + " back",
        () -> "RTM_NEWLINK " + endpoint.link() + " IFLA_NET_NS_FD; IFLA_IFNAME " + device,
        back.isPresent() ? "0" : "ENODEV",
        start,
        () -> "true # a network card comes back when its namespace ends");
  }

  /** Renamed where it is, as the host may have another link of the name it has there. */
  private void bringBack(String device, Endpoint endpoint, Rtnetlink inside) {
    Optional<LinkInfo> link = inside.links().find(device);
    if (link.isEmpty()) {
      link = inside.links().find(endpoint.link());
      link.ifPresent(
          l -> {
            inside.links().setDown(l.index());
            inside.links().rename(l.index(), device);
          });
    }
    if (link.isPresent()) {
      int index = link.get().index();
      inside.links().setDown(index);
      try (Fd own = kernel.files().open("/proc/thread-self/ns/net", OpenFlags.O_RDONLY, 0)) {
        inside.links().setNamespace(index, own);
      }
    }
  }
}
