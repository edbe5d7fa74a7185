package io.jdocker.network.overlay;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Cidr;
import io.jdocker.network.Network;
import io.jdocker.network.driver.BridgeOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an overlay network's options say. Those of a flannel network tell all that is needed to go
 * on while the store is away.
 */
final class OverlayOptions {
  /** Docker's name. */
  static final String VNI = "com.docker.network.driver.overlay.vxlanid_list";

  private static final String FLANNEL = "io.jdocker.network.flannel.network";
  private static final String BACKEND = "io.jdocker.network.flannel.backend";
  private static final String PORT = "io.jdocker.network.flannel.port";
  private static final String DIRECT = "io.jdocker.network.flannel.direct_routing";
  private static final String ENCRYPTED = "encrypted";
  private static final Set<String> CHOSEN_BY_USER =
      Set.of(BridgeOptions.MTU, BridgeOptions.MASQUERADE, BridgeOptions.NAME, VNI);
  private static final int LAST_VNI = 0xffffff;

  private OverlayOptions() {}

  /** Refuses what an overlay network cannot do. */
  static void check(Map<String, String> options) {
    for (String name : options.keySet()) {
      if (name.equals(ENCRYPTED)) {
        throw new Unsupported(
            "overlay networks are not encrypted by this engine: leave out the option encrypted");
      }
      if (!CHOSEN_BY_USER.contains(name)) {
        throw new InvalidArgument("unknown option " + name + " of an overlay network");
      }
    }
    BridgeOptions.checked(options);
    vni(options);
  }

  /** The VXLAN network identifier that was chosen. */
  static Optional<Integer> vni(Map<String, String> options) {
    return Optional.ofNullable(options.get(VNI))
        .map(
            text -> {
              int vni = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
              if (vni < 1 || vni > LAST_VNI) {
                throw new InvalidArgument(
                    "invalid value \"" + text + "\" for option " + VNI + ": 1 to " + LAST_VNI);
              }
              return vni;
            });
  }

  static Map<String, String> flannel(Cidr cluster, FlannelBackend backend, int mtu) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(FLANNEL, cluster.toString());
    options.put(BACKEND, backend.type());
    if (backend.tunnels()) {
      options.put(VNI, Integer.toString(backend.vni()));
      options.put(PORT, Integer.toString(backend.port()));
      options.put(DIRECT, Boolean.toString(backend.directRouting()));
    }
    options.put(BridgeOptions.MTU, Integer.toString(mtu));
    return options;
  }

  /** The addresses of all hosts of a flannel network; empty for a network of another kind. */
  static Optional<Cidr> cluster(Network network) {
    return Optional.ofNullable(network.options().get(FLANNEL)).map(Cidr::of);
  }

  /** How a flannel network's packets go. */
  static FlannelBackend backend(Network network) {
    Map<String, String> options = network.options();
    return FlannelBackend.VXLAN.equals(options.get(BACKEND))
        ? FlannelBackend.vxlan(
            vni(options).orElse(1),
            Integer.parseInt(options.get(PORT)),
            Boolean.parseBoolean(options.get(DIRECT)))
        : FlannelBackend.HOST_GATEWAY;
  }
}
