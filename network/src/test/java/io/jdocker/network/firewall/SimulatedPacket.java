package io.jdocker.network.firewall;

import io.jdocker.network.Ipv4;

/** A packet on its way, and what connection tracking has noted about it. */
final class SimulatedPacket {
  private static final int CLIENT_PORT = 40000;

  private final String protocol;
  private final String in;
  private final boolean answer;
  private Topology topology = new Topology("", "");
  private Ipv4 source;
  private Ipv4 destination;
  private int port;
  private int sourcePort = CLIENT_PORT;
  private String out = "";
  private boolean translated;
  private boolean masqueraded;

  private SimulatedPacket(
      String protocol, String in, String source, String destination, int port, boolean answer) {
    this.protocol = protocol;
    this.in = in;
    this.source = Ipv4.of(source);
    this.destination = Ipv4.of(destination);
    this.port = port;
    this.answer = answer;
  }

  /** The first packet of a TCP connection. */
  static SimulatedPacket tcp(String in, String source, String destination, int port) {
    return new SimulatedPacket("tcp", in, source, destination, port, false);
  }

  static SimulatedPacket udp(String in, String source, String destination, int port) {
    return new SimulatedPacket("udp", in, source, destination, port, false);
  }

  /** A later packet of a connection that the other side opened. */
  static SimulatedPacket answer(String in, String source, String destination) {
    return new SimulatedPacket("tcp", in, source, destination, CLIENT_PORT, true);
  }

  SimulatedPacket from(int clientPort) {
    sourcePort = clientPort;
    return this;
  }

  SimulatedPacket at(Topology where) {
    topology = where;
    return this;
  }

  String protocol() {
    return protocol;
  }

  String in() {
    return in;
  }

  String out() {
    return out;
  }

  Ipv4 source() {
    return source;
  }

  Ipv4 destination() {
    return destination;
  }

  int port() {
    return port;
  }

  int sourcePort() {
    return sourcePort;
  }

  boolean isMasqueraded() {
    return masqueraded;
  }

  boolean isLocal(Ipv4 address) {
    return topology.isLocal(address);
  }

  boolean isInState(String state) {
    return switch (state) {
      case "RELATED" -> false;
      case "ESTABLISHED" -> answer;
      case "DNAT" -> translated;
      default -> throw new AssertionError("unknown state " + state);
    };
  }

  void leaveBy(String link) {
    out = link;
  }

  void translateDestination(String target) {
    int colon = target.indexOf(':');
    destination = Ipv4.of(target.substring(0, colon));
    port = Integer.parseInt(target.substring(colon + 1));
    translated = true;
  }

  void masquerade() {
    masqueraded = true;
  }
}
