package io.jdocker.linux.netlink;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A link with what only its picture needs.
 *
 * @param peerNamespace the id that this namespace gives to the one where {@link LinkInfo#peer} is,
 *     see {@link NamespaceIdCalls}; {@link #SAME_NAMESPACE} where that is here
 * @param hairpin true for a bridge's port that frames may leave by which came in by it
 * @param mode how a macvlan or ipvlan link switches: {@code bridge}, {@code l2}; empty for others
 */
public record LinkDetail(
    LinkInfo info, int peerNamespace, boolean hairpin, String mode, Optional<Vxlan> vxlan) {
  /** The other end, or the link below, is in the same namespace. */
  public static final int SAME_NAMESPACE = -1;

  /**
   * What a vxlan link wraps frames in.
   *
   * @param id the VNI
   * @param local the address that packets are sent from
   * @param port the UDP port they are sent to
   */
  public record Vxlan(int id, Optional<InetAddress> local, int port) {}
}
