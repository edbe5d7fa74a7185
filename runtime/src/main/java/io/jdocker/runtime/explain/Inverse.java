package io.jdocker.runtime.explain;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command that takes back what another did. */
final class Inverse {
  /** A chain made together with the rule that leads there; others' rules may be in it since. */
  private static final Pattern BLOCK =
      Pattern.compile("iptables -t (\\S+) -N (\\S+) && iptables -t \\S+ -A (.*)");

  private static final Map<Pattern, String> SIMPLE =
      Map.of(
          Pattern.compile("ip link add (\\S+) .*"), "ip link del $1",
          Pattern.compile("ip netns add (\\S+)"), "ip netns del $1",
          Pattern.compile("iptables -t (\\S+) -[AI] (.*)"), "iptables -t $1 -D $2",
          Pattern.compile("iptables -t (\\S+) -N (\\S+)"), "iptables -t $1 -X $2");

  private Inverse() {}

  /** Empty where nothing has to be taken back: it goes with something else. */
  static Optional<String> of(String command) {
    Matcher block = BLOCK.matcher(command);
    if (block.matches()) {
      String table = "iptables -t " + block.group(1);
      String chain = block.group(2);
      return Optional.of(
          table
              + (" -S " + chain + " | grep -q -e -A || { " + table)
              + (" -D " + block.group(3) + "; " + table + " -X " + chain + "; }"));
    }
    // What follows is about the thing that the first command made, and goes with it.
    String first = command.split(" && ", 2)[0];
    return SIMPLE.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(first).matches())
        .map(entry -> entry.getKey().matcher(first).replaceFirst(entry.getValue()))
        .findFirst();
  }
}
