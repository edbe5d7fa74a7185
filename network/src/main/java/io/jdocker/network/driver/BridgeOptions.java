package io.jdocker.network.driver;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.Family;
import io.jdocker.network.Ip;
import io.jdocker.network.Network;
import io.jdocker.network.firewall.GatewayMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a bridge network, under the names Docker gives them. */
public final class BridgeOptions {
  public static final String NAME = "com.docker.network.bridge.name";
  public static final String ICC = "com.docker.network.bridge.enable_icc";
  public static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  public static final String HOST_ADDRESS = "com.docker.network.bridge.host_binding_ipv4";
  public static final String MTU = "com.docker.network.driver.mtu";
  public static final String HOST_ADDRESS_6 = "com.docker.network.bridge.host_binding_ipv6";
  public static final String GATEWAY_MODE = "com.docker.network.bridge.gateway_mode_ipv4";
  public static final String GATEWAY_MODE_6 = "com.docker.network.bridge.gateway_mode_ipv6";
  public static final String INHIBIT_IPV4 = "com.docker.network.bridge.inhibit_ipv4";
  public static final String TRUSTED = "com.docker.network.bridge.trusted_host_interfaces";
  public static final String DEFAULT_BRIDGE = "com.docker.network.bridge.default_bridge";

  private final Map<String, String> options;

  private BridgeOptions(Map<String, String> options) {
    this.options = Map.copyOf(options);
  }

  public static BridgeOptions of(Network network) {
    return new BridgeOptions(network.options());
  }

  /** Reads every option once, so that a wrong value is noticed before anything is done. */
  public static BridgeOptions checked(Map<String, String> options) {
    BridgeOptions checked = new BridgeOptions(options);
    checked.flag(ICC);
    checked.flag(MASQUERADE);
    checked.flag(INHIBIT_IPV4, "false");
    checked.mtu();
    checked.gatewayMode(Family.IPV4);
    checked.gatewayMode(Family.IPV6);
    checked.trusted();
    checked.checkHostAddresses();
    checked
        .bridgeName()
        .filter(n -> !n.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}"))
        .ifPresent(
            n -> {
              throw new InvalidArgument(
                  "invalid bridge name \"" + n + "\": a link's name has 1 to 15 characters");
            });
    return checked;
  }

  /** Whether containers of the network may talk to each other. */
  public boolean communication() {
    return flag(ICC);
  }

  /** Whether containers go out with an address of the host. */
  public boolean masquerade() {
    return flag(MASQUERADE);
  }

  /** The MTU of the network's links; 0 for the kernel's choice. */
  public int mtu() {
    String text = options.getOrDefault(MTU, "0");
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new InvalidArgument("invalid value \"" + text + "\" for option " + MTU);
    }
    int mtu = Integer.parseInt(text);
    if (mtu != 0 && mtu < 68) {
      throw new InvalidArgument("MTU " + mtu + " is below 68, the least that IPv4 works with");
    }
    return mtu;
  }

  public Optional<String> bridgeName() {
    return Optional.ofNullable(options.get(NAME)).filter(n -> !n.isEmpty());
  }

  /** Where ports are published that name no address of the host. */
  public Optional<String> hostAddress() {
    return Optional.ofNullable(options.get(HOST_ADDRESS))
        .filter(a -> !a.isEmpty() && !a.equals("0.0.0.0"));
  }

  private void checkHostAddresses() {
    String text = options.getOrDefault(HOST_ADDRESS, "");
    if (!text.isEmpty() && Ip.parse(text).filter(a -> a.family() == Family.IPV4).isEmpty()) {
      throw new InvalidArgument("invalid value \"" + text + "\" for option " + HOST_ADDRESS);
    }
    if (options.containsKey(HOST_ADDRESS_6)) {
      throw new InvalidArgument(
          "option "
              + HOST_ADDRESS_6
              + " is not supported: publish on an address with -p [ADDRESS]:PORT:PORT");
    }
  }

  /** How containers and the world reach each other by that protocol. */
  public GatewayMode gatewayMode(Family family) {
    String option = family == Family.IPV4 ? GATEWAY_MODE : GATEWAY_MODE_6;
    String text = options.getOrDefault(option, "");
    return GatewayMode.parse(text)
        .orElseThrow(
            () -> new InvalidArgument("unknown gateway mode \"" + text + "\" for " + option));
  }

  /** False where the bridge is to have no IPv4 address: somebody else is the gateway. */
  public boolean bridgeHasAddress() {
    return !flag(INHIBIT_IPV4, "false") && gatewayMode(Family.IPV4) != GatewayMode.ISOLATED;
  }

  /** Links of the host by which containers may be reached at their own addresses. */
  public List<String> trusted() {
    String text = options.getOrDefault(TRUSTED, "");
    List<String> links = text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    for (String link : links) {
      if (!ParentLink.isLinkName(link)) {
        throw new InvalidArgument("invalid value \"" + text + "\" for option " + TRUSTED);
      }
    }
    return links;
  }

  private boolean flag(String name) {
    return flag(name, "true");
  }

  private boolean flag(String name, String standard) {
    String text = options.getOrDefault(name, standard);
    return switch (text) {
      case "true", "1", "True", "TRUE", "t", "T" -> true;
      case "false", "0", "False", "FALSE", "f", "F" -> false;
      default -> throw new InvalidArgument("invalid value \"" + text + "\" for option " + name);
    };
  }
}
