package io.jdocker.daemon.crash;

/** A container that a client was told exists. Belongs to one client's thread. */
final class Tracked {
  private final String name;
  private final String id;
  private final Kind kind;
  private final int port;
  private boolean stopped;

  Tracked(String name, String id, Kind kind, int port) {
    this.name = name;
    this.id = id;
    this.kind = kind;
    this.port = port;
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  /** Published on the host, where its kind is SERVER. */
  int port() {
    return port;
  }

  /** A client was told that it was stopped. */
  void stopped() {
    stopped = true;
  }

  /** It runs until somebody ends it, and nobody did. */
  boolean mustRun() {
    return !stopped && !kind.endsByItself();
  }

  int expectedExit() {
    return kind.endsByItself() ? Kind.OWN_END : 137;
  }

  @Override
  public String toString() {
    return name + " (" + kind + ", " + id.substring(0, 12) + ")";
  }
}
