package io.jdocker.linux.netlink;

import io.jdocker.linux.Kernel;

/**
 * rtnetlink(7) on one socket: the links, addresses, routes and neighbours of the network namespace
 * it was opened in. Thread-safe.
 */
public final class Rtnetlink implements AutoCloseable {
  private final NetlinkSocket socket;
  private final LinkCalls links;
  private final StackedLinkCalls stackedLinks;
  private final AddressCalls addresses;
  private final RouteCalls routes;
  private final NeighbourCalls neighbours;
  private final LinkDetailCalls linkDetails;
  private final NamespaceIdCalls namespaceIds;
  private final ForwardingTable forwarding;
  private final RouteLookup routeLookup;
  private final VxlanCalls vxlans;
  private final TrafficCalls traffic;

  private Rtnetlink(NetlinkSocket socket) {
    this.socket = socket;
    this.links = new LinkCalls(socket);
    this.stackedLinks = new StackedLinkCalls(socket);
    this.addresses = new AddressCalls(socket);
    this.routes = new RouteCalls(socket);
    this.neighbours = new NeighbourCalls(socket);
    this.linkDetails = new LinkDetailCalls(socket);
    this.namespaceIds = new NamespaceIdCalls(socket);
    this.forwarding = new ForwardingTable(socket);
    this.routeLookup = new RouteLookup(socket);
    this.vxlans = new VxlanCalls(socket);
    this.traffic = new TrafficCalls(socket);
  }

  /** Opens it in the calling thread's network namespace, which it keeps alive until close. */
  public static Rtnetlink open(Kernel kernel) {
    return new Rtnetlink(NetlinkSocket.open(kernel));
  }

  public LinkCalls links() {
    return links;
  }

  public StackedLinkCalls stackedLinks() {
    return stackedLinks;
  }

  public AddressCalls addresses() {
    return addresses;
  }

  public RouteCalls routes() {
    return routes;
  }

  public NeighbourCalls neighbours() {
    return neighbours;
  }

  public LinkDetailCalls linkDetails() {
    return linkDetails;
  }

  public NamespaceIdCalls namespaceIds() {
    return namespaceIds;
  }

  public ForwardingTable forwarding() {
    return forwarding;
  }

  public RouteLookup routeLookup() {
    return routeLookup;
  }

  public TrafficCalls traffic() {
    return traffic;
  }

  public VxlanCalls vxlans() {
    return vxlans;
  }

  @Override
  public void close() {
    socket.close();
  }
}
