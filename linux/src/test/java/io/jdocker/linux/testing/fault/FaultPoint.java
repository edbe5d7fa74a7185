package io.jdocker.linux.testing.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jnr.constants.platform.Errno;

/**
 * Where effects can be made to fail. All pass while nothing is armed. Thread-safe: of effects on
 * several threads at once each is counted once.
 */
public final class FaultPoint {
  /** What happens instead of an effect. */
  @FunctionalInterface
  public interface Reaction {
    /**
     * The effect's answer; a reaction that ends the process gives none.
     *
     * @param usual an errno that the call is known for
     */
    Errno instead(Effect effect, Errno usual);
  }

  /** The call fails with the errno it is known for. */
  public static final Reaction USUAL_ERROR = (effect, usual) -> usual;

  private final List<Effect> seen = new ArrayList<>();
  private Predicate<Effect> which = effect -> false;
  private Reaction reaction = USUAL_ERROR;
  private int number;
  private Effect hit;

  /**
   * From now on effects are counted, and one of them does not happen.
   *
   * @param which those that count
   * @param number which of them is hit, from 1; 0 for none
   */
  public synchronized void arm(Predicate<Effect> which, int number, Reaction reaction) {
    this.which = which;
    this.number = number;
    this.reaction = reaction;
    this.seen.clear();
    this.hit = null;
  }

  /** Everything happens again, and nothing is counted. */
  public synchronized void disarm() {
    which = effect -> false;
  }

  /** The effect that did not happen. */
  public synchronized Optional<Effect> hit() {
    return Optional.ofNullable(hit);
  }

  /** What was counted since it was armed, in the order of time. */
  public synchronized List<Effect> seen() {
    return List.copyOf(seen);
  }

  /**
   * Tells of an effect that is about to happen.
   *
   * @return the errno to fail with instead; empty: let it happen
   */
  synchronized Optional<Errno> before(String call, String what, Errno usual) {
    Effect effect = new Effect(call, what, Thread.currentThread().getName());
    if (!which.test(effect)) {
      return Optional.empty();
    }
    seen.add(effect);
    if (seen.size() != number) {
      return Optional.empty();
    }
    hit = effect;
    return Optional.of(reaction.instead(effect, usual));
  }
}
