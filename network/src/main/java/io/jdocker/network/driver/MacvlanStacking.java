package io.jdocker.network.driver;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.StackedLinkCalls.MacvlanMode;
import io.jdocker.linux.netlink.StackedLinkCalls.StackedLink;
import java.util.Map;
import java.util.Set;

/** Each container has a MAC address of its own on the parent's network, as if it was a machine. */
final class MacvlanStacking implements Stacking {
  static final String MODE = "macvlan_mode";

  @Override
  public String kind() {
    return "macvlan";
  }

  @Override
  public Set<String> options() {
    return Set.of(MODE);
  }

  @Override
  public void check(Map<String, String> options) {
    mode(options);
  }

  private static MacvlanMode mode(Map<String, String> options) {
    String text = options.getOrDefault(MODE, "");
    return switch (text) {
      case "", "bridge" -> MacvlanMode.BRIDGE;
      case "private" -> MacvlanMode.PRIVATE;
      case "vepa" -> MacvlanMode.VEPA;
      case "passthru" -> MacvlanMode.PASSTHRU;
      default ->
          throw new InvalidArgument(
              "requested macvlan mode '"
                  + text
                  + "' is not valid: it is one of bridge, private, vepa, passthru");
    };
  }

  @Override
  public boolean ownMac() {
    return true;
  }

  @Override
  public boolean withoutGateway(Map<String, String> options) {
    return false;
  }

  @Override
  public void create(Rtnetlink host, StackedLink link, Map<String, String> options) {
    host.stackedLinks().createMacvlan(link, mode(options));
  }

  @Override
  public String describe(Map<String, String> options) {
    return "type macvlan mode " + options.getOrDefault(MODE, "bridge");
  }
}
