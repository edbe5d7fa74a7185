package io.jdocker.network.path;

import io.jdocker.network.rules.RuleHit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A step of a packet's way.
 *
 * @param place the namespace it happens in
 * @param text what happens
 * @param rules the rules that were for the packet there
 */
public record Hop(String place, String text, List<RuleHit> rules) {
  /** A step that is a hook's name and nothing else. */
  private static final Pattern HOOK = Pattern.compile("[A-Z]+( and [A-Z]+)?(, on the bridge)?$");

  public Hop {
    rules = List.copyOf(rules);
  }

  /** True for a hook where no rule had a say but jumps into chains without one for the packet. */
  boolean isQuiet() {
    return !rules.isEmpty()
        && rules.stream().allMatch(RuleHit::isEmptyJump)
        && HOOK.matcher(text).lookingAt();
  }
}
