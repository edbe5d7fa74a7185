package io.jdocker.network.driver;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.StackedLinkCalls.IpvlanFlag;
import io.jdocker.linux.netlink.StackedLinkCalls.IpvlanMode;
import io.jdocker.linux.netlink.StackedLinkCalls.StackedLink;
import java.util.Map;
import java.util.Set;

/** Containers share the parent's MAC address and are told apart by their IP address. */
final class IpvlanStacking implements Stacking {
  static final String MODE = "ipvlan_mode";
  static final String FLAG = "ipvlan_flag";

  @Override
  public String kind() {
    return "ipvlan";
  }

  @Override
  public Set<String> options() {
    return Set.of(MODE, FLAG);
  }

  @Override
  public void check(Map<String, String> options) {
    mode(options);
    flag(options);
  }

  private static IpvlanMode mode(Map<String, String> options) {
    String text = options.getOrDefault(MODE, "");
    return switch (text) {
      case "", "l2" -> IpvlanMode.L2;
      case "l3" -> IpvlanMode.L3;
      case "l3s" -> IpvlanMode.L3S;
      default ->
          throw new InvalidArgument(
              "requested ipvlan mode '" + text + "' is not valid: it is one of l2, l3, l3s");
    };
  }

  private static IpvlanFlag flag(Map<String, String> options) {
    String text = options.getOrDefault(FLAG, "");
    return switch (text) {
      case "", "bridge" -> IpvlanFlag.BRIDGE;
      case "private" -> IpvlanFlag.PRIVATE;
      case "vepa" -> IpvlanFlag.VEPA;
      default ->
          throw new InvalidArgument(
              "requested ipvlan flag '"
                  + text
                  + "' is not valid: it is one of bridge, private, vepa");
    };
  }

  @Override
  public boolean ownMac() {
    return false;
  }

  /** In the modes l3 and l3s the parent routes; there is nobody to ask for a gateway's address. */
  @Override
  public boolean withoutGateway(Map<String, String> options) {
    return mode(options) != IpvlanMode.L2;
  }

  @Override
  public void create(Rtnetlink host, StackedLink link, Map<String, String> options) {
    host.stackedLinks().createIpvlan(link, mode(options), flag(options));
  }

  @Override
  public String describe(Map<String, String> options) {
    return "type ipvlan mode "
        + options.getOrDefault(MODE, "l2")
        + " "
        + options.getOrDefault(FLAG, "bridge");
  }
}
