package io.jdocker.network.rules;

import java.util.List;

/**
 * A rule as iptables-save prints it.
 *
 * @param text all behind the chain's name
 */
public record SavedRule(
    String table, String chain, String text, List<Match> matches, Target target) {
  public SavedRule {
    matches = List.copyOf(matches);
  }

  /** Whether it is for a packet. */
  public Answer test(Packet packet, AddressTypes types) {
    Answer answer = Answer.YES;
    for (Match match : matches) {
      answer = answer.and(match.test(packet, types));
    }
    return answer;
  }
}
