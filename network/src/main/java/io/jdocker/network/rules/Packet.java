package io.jdocker.network.rules;

import io.jdocker.network.Ipv4;

/**
 * What rules look at.
 *
 * @param in name of the link it came by; empty for a packet that was made here
 * @param out name of the link it leaves by; empty where that is not decided
 * @param bridgePortIn the bridge's port that it came by, where bridged traffic is seen
 * @param bridgePortOut the bridge's port that it leaves by
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}
 * @param established true for what belongs to a connection that is there already
 * @param translated true where the connection's destination was changed (conntrack state DNAT)
 */
public record Packet(
    String in,
    String out,
    String bridgePortIn,
    String bridgePortOut,
    Ipv4 source,
    int sourcePort,
    Ipv4 destination,
    int destinationPort,
    String protocol,
    boolean established,
    boolean translated,
    int mark) {
  /** The first packet of a connection. */
  public static Packet first(
      Ipv4 source, int sourcePort, Ipv4 destination, int destinationPort, String protocol) {
    return new Packet(
        "",
        "",
        "",
        "",
        source,
        sourcePort,
        destination,
        destinationPort,
        protocol,
        false,
        false,
        0);
  }

  /** The same packet between other links. */
  public Packet between(String inLink, String outLink) {
    return at(inLink, outLink, "", "");
  }

  /** The same packet between links, and between ports of a bridge. */
  public Packet at(String inLink, String outLink, String portIn, String portOut) {
    return new Packet(
        inLink,
        outLink,
        portIn,
        portOut,
        source,
        sourcePort,
        destination,
        destinationPort,
        protocol,
        established,
        translated,
        mark);
  }

  /** The same packet from somewhere else. */
  public Packet from(Ipv4 address, int port) {
    return new Packet(
        in,
        out,
        bridgePortIn,
        bridgePortOut,
        address,
        port,
        destination,
        destinationPort,
        protocol,
        established,
        translated,
        mark);
  }

  /** The same packet to somewhere else. */
  public Packet to(Ipv4 address, int port) {
    return new Packet(
        in,
        out,
        bridgePortIn,
        bridgePortOut,
        source,
        sourcePort,
        address,
        port,
        protocol,
        established,
        translated,
        mark);
  }

  /** The same packet as one of a connection whose destination was changed, or not. */
  public Packet translated(boolean changed) {
    return new Packet(
        in,
        out,
        bridgePortIn,
        bridgePortOut,
        source,
        sourcePort,
        destination,
        destinationPort,
        protocol,
        established,
        changed,
        mark);
  }

  /** The same packet with a mark of the firewall. */
  public Packet marked(int value) {
    return new Packet(
        in,
        out,
        bridgePortIn,
        bridgePortOut,
        source,
        sourcePort,
        destination,
        destinationPort,
        protocol,
        established,
        translated,
        value);
  }

  /** The first packet of the answer, as whoever got this one sends it. */
  public Packet answer() {
    Packet turned = from(destination, destinationPort).to(source, sourcePort);
    return new Packet(
        "",
        "",
        "",
        "",
        turned.source,
        turned.sourcePort,
        turned.destination,
        turned.destinationPort,
        protocol,
        true,
        false,
        0);
  }

  /** {@code 172.17.0.2:40000 -> 203.0.113.2:80/tcp}. */
  @Override
  public String toString() {
    return end(source, sourcePort) + " -> " + end(destination, destinationPort) + "/" + protocol;
  }

  private static String end(Ipv4 address, int port) {
    return port == 0 ? address.toString() : address + ":" + port;
  }
}
