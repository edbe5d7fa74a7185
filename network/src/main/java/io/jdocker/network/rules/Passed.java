package io.jdocker.network.rules;

import java.util.List;
import java.util.Optional;

/**
 * What a table did to a packet.
 *
 * @param packet as it is now
 * @param hits the rules that were for it, in order
 * @param stopped the rule that dropped or rejected it; empty where it goes on
 * @param doubts rules of which it is not known whether they were for it
 */
public record Passed(
    Packet packet, List<RuleHit> hits, Optional<RuleHit> stopped, List<RuleHit> doubts) {
  public Passed {
    hits = List.copyOf(hits);
    doubts = List.copyOf(doubts);
  }
}
