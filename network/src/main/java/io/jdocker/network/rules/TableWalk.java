package io.jdocker.network.rules;

import io.jdocker.network.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes one packet through one table, from one of the kernel's own chains. Used once. */
public final class TableWalk {
  private static final int DEEPEST = 64;

  private enum Fate {
    /** The chain's end, or RETURN. */
    BACK,
    ACCEPTED,
    STOPPED
  }

  private final RuleTables tables;
  private final AddressTypes types;
  private final Function<Packet, Ipv4> ownAddress;
  private final List<RuleHit> hits = new ArrayList<>();
  private final List<RuleHit> doubts = new ArrayList<>();
  private Optional<RuleHit> stopped = Optional.empty();
  private Packet packet;

  /**
   * @param ownAddress the host's own address for a packet that leaves, or that is kept by REDIRECT
   */
  public TableWalk(
      RuleTables tables, AddressTypes types, Function<Packet, Ipv4> ownAddress, Packet packet) {
    this.tables = tables;
    this.types = types;
    this.ownAddress = ownAddress;
    this.packet = packet;
  }

  /** Walks from that chain to the verdict. */
  public Passed from(String table, String name) {
    RuleTables.Chain chain = tables.chain(table, name);
    Fate fate = walk(chain, 0);
    if (fate == Fate.BACK && chain.policy().equals("DROP")) {
      RuleHit hit = new RuleHit(table, name, 0, "policy DROP", "");
      hits.add(hit);
      stopped = Optional.of(hit);
    }
    return new Passed(packet, hits, stopped, doubts);
  }

  private Fate walk(RuleTables.Chain chain, int depth) {
    for (SavedRule rule : chain.rules()) {
      Answer answer = rule.test(packet, types);
      if (answer == Answer.UNKNOWN && !(rule.target() instanceof Target.Aside)) {
        doubts.add(hit(rule, depth, "it is not known here whether this rule is for the packet"));
      }
      if (answer == Answer.YES) {
        Optional<Fate> fate = apply(rule, depth);
        if (fate.isPresent()) {
          return fate.get();
        }
      }
    }
    return Fate.BACK;
  }

  private static RuleHit hit(SavedRule rule, int depth, String note) {
    return new RuleHit(rule.table(), rule.chain(), depth, rule.text(), note);
  }

  /** Empty to go on with the next rule. */
  private Optional<Fate> apply(SavedRule rule, int depth) {
    Target target = rule.target();
    if (target instanceof Target.Jump jump) {
      return jump(rule, jump, depth);
    }
    if (target instanceof Target.Return) {
      hits.add(hit(rule, depth, ""));
      return Optional.of(Fate.BACK);
    }
    if (target instanceof Target.Drop || target instanceof Target.Reject) {
      RuleHit last = hit(rule, depth, "");
      hits.add(last);
      stopped = Optional.of(last);
      return Optional.of(Fate.STOPPED);
    }
    if (target instanceof Target.Unknown) {
      doubts.add(hit(rule, depth, "it is not known here what this rule does"));
      return Optional.empty();
    }
    if (target instanceof Target.Aside) {
      hits.add(hit(rule, depth, ""));
      return Optional.empty();
    }
    return change(rule, depth);
  }

  private Optional<Fate> change(SavedRule rule, int depth) {
    Packet before = packet;
    boolean last = true;
    if (rule.target() instanceof Target.Destination to) {
      int port = to.port() == 0 ? packet.destinationPort() : to.port();
      packet =
          packet.to(to.address().orElseGet(() -> ownAddress.apply(packet)), port).translated(true);
    } else if (rule.target() instanceof Target.Source from) {
      packet =
          packet.from(
              from.address().orElseGet(() -> ownAddress.apply(packet)), packet.sourcePort());
    } else if (rule.target() instanceof Target.Mark mark) {
      packet = packet.marked((packet.mark() & ~mark.mask()) ^ mark.value());
      last = false;
    }
    hits.add(hit(rule, depth, packet.equals(before) ? "" : "now " + packet));
    return last ? Optional.of(Fate.ACCEPTED) : Optional.empty();
  }

  private Optional<Fate> jump(SavedRule rule, Target.Jump jump, int depth) {
    if (!tables.has(rule.table(), jump.chain()) || depth >= DEEPEST) {
      doubts.add(hit(rule, depth, "it is not known here what this rule does"));
      return Optional.empty();
    }
    hits.add(hit(rule, depth, ""));
    int before = hits.size();
    Fate fate = walk(tables.chain(rule.table(), jump.chain()), depth + 1);
    if (hits.size() == before) {
      hits.set(before - 1, hit(rule, depth, RuleHit.EMPTY_JUMP));
    }
    return fate == Fate.BACK && jump.comesBack() ? Optional.empty() : Optional.of(fate);
  }
}
