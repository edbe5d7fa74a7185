package io.jdocker.network.overlay;

/**
 * How packets reach other hosts of a flannel network.
 *
 * @param type {@code vxlan} or {@code host-gw}
 * @param vni VXLAN network identifier; 0 for host-gw
 * @param port UDP port; 0 for host-gw
 * @param directRouting true where hosts of one LAN are routed to without VXLAN
 */
record FlannelBackend(String type, int vni, int port, boolean directRouting) {
  /** What Linux used for VXLAN before IANA chose 4789, and flannel still does. */
  static final int KERNEL_PORT = 8472;

  static final String VXLAN = "vxlan";

  /** Every host is on one LAN, and routes straight to the others. */
  static final FlannelBackend HOST_GATEWAY = new FlannelBackend("host-gw", 0, 0, true);

  private static final int LAST_VNI = 0xffffff;
  private static final int LAST_PORT = 65535;

  FlannelBackend {
    if (vni < 0 || vni > LAST_VNI) {
      throw new IllegalArgumentException("VNI " + vni + " is not in 1 to " + LAST_VNI);
    }
    if (port < 0 || port > LAST_PORT) {
      throw new IllegalArgumentException("Port " + port + " is not in 1 to " + LAST_PORT);
    }
  }

  static FlannelBackend vxlan(int vni, int port, boolean directRouting) {
    return new FlannelBackend(VXLAN, vni, port, directRouting);
  }

  boolean tunnels() {
    return type.equals(VXLAN);
  }

  /** The device's name, as flannel has it. */
  String device() {
    return "flannel." + vni;
  }
}
