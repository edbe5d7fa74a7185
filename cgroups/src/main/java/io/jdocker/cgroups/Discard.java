package io.jdocker.cgroups;

import java.util.Set;
import java.util.function.Consumer;

/** Decides which wishes have to be given up, and says so. */
record Discard(Set<Ability> abilities, Consumer<String> warn) {
  /**
   * True, with a warning, where something is wanted that this kernel lacks.
   *
   * @param what it lacks, and what comes of it
   */
  boolean lacks(boolean wanted, Ability needed, String what) {
    if (!wanted || abilities.contains(needed)) {
      return false;
    }
    warn.accept("Your kernel does not support " + what);
    return true;
  }
}
