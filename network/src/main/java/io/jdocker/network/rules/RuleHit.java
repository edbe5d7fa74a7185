package io.jdocker.network.rules;

/**
 * A rule that a packet met.
 *
 * @param depth how many jumps led there
 * @param text all behind the chain's name, or {@code policy DROP}
 * @param note what came of it where the text does not say so; empty else
 */
public record RuleHit(String table, String chain, int depth, String text, String note) {
  static final String EMPTY_JUMP = "nothing there is for it";

  /** True for a jump into a chain without a rule for the packet. */
  public boolean isEmptyJump() {
    return note.equals(EMPTY_JUMP);
  }
}
