package io.jdocker.network.path;

/**
 * What becomes of a packet.
 *
 * @param place the namespace where it ends
 * @param why in a sentence, with what to do about it
 */
public record Outcome(Kind kind, String place, String why) {
  /** The kinds of ends. */
  public enum Kind {
    /** It arrives, and whoever it is for answers. */
    ANSWERED,
    /** It arrives where nobody listens: "connection refused". */
    REFUSED,
    /** A rule sends it back: the sender is told at once. */
    REJECTED,
    /** It vanishes: the sender waits in vain. */
    DROPPED,
    /** It goes out to where nobody here can look. */
    LEAVES,
    /** It depends on something that is not known here. */
    UNKNOWN
  }
}
