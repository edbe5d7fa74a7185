package io.jdocker.compose.model;

import java.util.List;
import java.util.Map;

/**
 * How it meets others.
 *
 * @param mode {@code host}, {@code none}, {@code service:x}, {@code container:x}; empty when it is
 *     on networks
 * @param networks the key of each network it is on
 */
public record Connection(
    String mode,
    Map<String, Attachment> networks,
    List<Port> ports,
    List<String> expose,
    String hostname,
    String domainName,
    String macAddress,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    Map<String, List<String>> extraHosts,
    List<String> links,
    List<String> externalLinks) {

  /** One network's end. */
  public record Attachment(
      List<String> aliases,
      String ipv4,
      String ipv6,
      List<String> linkLocal,
      String macAddress,
      Map<String, String> driverOptions,
      int priority,
      int gatewayPriority) {
    /** Nothing said. */
    public static Attachment plain() {
      return new Attachment(List.of(), "", "", List.of(), "", Map.of(), 0, 0);
    }
  }

  /**
   * A published port.
   *
   * @param published empty: any; or a range to choose from
   */
  public record Port(String hostIp, String published, int target, String protocol) {}
}
