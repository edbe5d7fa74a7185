package io.jdocker.network.survey;

import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.linux.netlink.LinkInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A link that no kernel has, for tests of those that look at links. It is up, with MTU 1500. */
public final class LinkOnPaper {
  private final int index;
  private final String name;
  private final List<String> addresses = new ArrayList<>();
  private String kind = "";
  private String mode = "";
  private int flags = 1;
  private int mtu = 1500;
  private int master;
  private int peer;
  private int peerNamespace = LinkDetail.SAME_NAMESPACE;
  private Optional<LinkDetail.Vxlan> vxlan = Optional.empty();
  private Owner owner = new Owner.Machine();

  private LinkOnPaper(int index, String name) {
    this.index = index;
    this.name = name;
  }

  public static LinkOnPaper link(int index, String name) {
    return new LinkOnPaper(index, name);
  }

  public static SeenLink loopback() {
    return link(1, "lo").mtu(65536).address("127.0.0.1/8").build();
  }

  public LinkOnPaper kind(String text) {
    kind = text;
    return this;
  }

  public LinkOnPaper mode(String text) {
    mode = text;
    return this;
  }

  public LinkOnPaper down() {
    flags = 0;
    return this;
  }

  public LinkOnPaper mtu(int bytes) {
    mtu = bytes;
    return this;
  }

  /** A port of that bridge. */
  public LinkOnPaper portOf(int bridge) {
    master = bridge;
    return this;
  }

  /** Tied to a link of the same namespace. */
  public LinkOnPaper tiedTo(int link) {
    peer = link;
    return this;
  }

  /** Tied to a link of the namespace that this one knows by a number. */
  public LinkOnPaper tiedTo(int link, int namespace) {
    peer = link;
    peerNamespace = namespace;
    return this;
  }

  public LinkOnPaper vxlan(int id) {
    kind = "vxlan";
    vxlan = Optional.of(new LinkDetail.Vxlan(id, Optional.empty(), 4789));
    return this;
  }

  public LinkOnPaper address(String text) {
    addresses.add(text);
    return this;
  }

  /** Made by the engine for a network; for a container's own links that is empty. */
  public LinkOnPaper ofNetwork(String network) {
    owner = new Owner.Engine(network);
    return this;
  }

  public LinkOnPaper foreign() {
    owner = new Owner.Foreign();
    return this;
  }

  public SeenLink build() {
    LinkInfo info =
        new LinkInfo(index, name, flags, mtu, "02:42:00:00:00:01", master, kind, 6, peer);
    return new SeenLink(new LinkDetail(info, peerNamespace, false, mode, vxlan), addresses, owner);
  }
}
