package io.jdocker.network.overlay;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.VxlanCalls.Vxlan;
import io.jdocker.linux.netlink.VxlanSpec;
import io.jdocker.network.Cidr;
import io.jdocker.network.MacAddress;
import java.net.InetAddress;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** The VXLAN devices of this host. Everything can be done again. Thread-safe. */
final class ClusterKernel {
  private static final int HOST_PREFIX = 32;

  private final Rtnetlink host;
  private final LinkReaper reaper;

  ClusterKernel(Rtnetlink host, LinkReaper reaper) {
    this.host = host;
    this.reaper = reaper;
  }

  Rtnetlink host() {
    return host;
  }

  /** The MAC address of the device that is there, else the one it would be made with. */
  MacAddress macOf(FlannelBackend backend, Cidr subnet) {
    return host.vxlans()
        .find(backend.device())
        .filter(v -> v.vni() == backend.vni())
        .flatMap(v -> MacAddress.parse(v.link().mac()))
        .orElseGet(() -> FlannelHost.macFor(subnet));
  }

  /** Makes flannel's device, or adopts the one there is; its index. */
  int ensureFlannel(SubnetLease own, Uplink uplink, FlannelBackend backend) {
    VxlanSpec spec =
        new VxlanSpec(
            backend.device(),
            backend.vni(),
            uplink.link().index(),
            uplink.host().toInetAddress(),
            backend.port(),
            own.vtep().orElseThrow().mac().toString(),
            uplink.mtu(true),
            false);
    int index = ensure(spec);
    InetAddress address = own.subnet().first().toInetAddress();
    boolean present = false;
    for (LinkAddress found : host.addresses().list()) {
      if (found.link() == index && found.address().getAddress().length == 4) {
        present |= found.address().equals(address);
        if (!found.address().equals(address)) {
          host.addresses().delete(index, found.address(), found.prefix());
        }
      }
    }
    if (!present) {
      host.addresses().add(index, address, HOST_PREFIX);
    }
    return index;
  }

  /** Makes a device; one of that name that carries something else is replaced. Its index. */
  int ensure(VxlanSpec spec) {
    Optional<Vxlan> present = host.vxlans().find(spec.name());
    if (present.filter(p -> p.carries(spec)).isPresent()) {
      int index = present.get().link().index();
      if (present.get().link().mtu() != spec.mtu()) {
        host.links().setMtu(index, spec.mtu());
      }
      host.links().setUp(index);
      return index;
    }
    if (present.isPresent()) {
      reaper.delete(spec.name());
    } else if (host.links().find(spec.name()).isPresent()) {
      throw new Conflict(
          "link " + spec.name() + " is there already and is no VXLAN device: remove it");
    }
    try {
      host.vxlans().create(spec);
    } catch (SyscallException e) {
      throw refused(spec, e);
    }
    return host.links().find(spec.name()).orElseThrow().index();
  }

  private static RuntimeException refused(VxlanSpec spec, SyscallException e) {
    if (e.is(Errno.EEXIST)) {
      return new Conflict(
          "another VXLAN device has VNI "
              + spec.vni()
              + " on UDP port "
              + spec.port()
              + " already: find it with ip -d link show type vxlan",
          e);
    }
    return e.is(Errno.EOPNOTSUPP)
        ? new Unsupported("this kernel has no VXLAN (CONFIG_VXLAN): overlay networks need it", e)
        : e;
  }

  /** Index of flannel's device; 0 without one. */
  int index(FlannelBackend backend) {
    return backend.tunnels()
        ? host.vxlans().find(backend.device()).map(v -> v.link().index()).orElse(0)
        : 0;
  }

  void delete(String device) {
    if (host.vxlans().find(device).isPresent()) {
      reaper.delete(device);
    }
  }
}
