package io.jdocker.network.firewall;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The input of iptables-restore(8) for one change: the commands by table, each table with its own
 * COMMIT, which the kernel applies as a whole. One thread.
 */
final class Transaction {
  private final Map<Table, List<String>> lines = new EnumMap<>(Table.class);

  private void line(Table table, String text) {
    lines.computeIfAbsent(table, t -> new ArrayList<>()).add(text);
  }

  /** Makes a chain, or empties it where it is there already (with --noflush). */
  Transaction reset(Chain chain) {
    line(chain.table(), ":" + chain.name() + " - [0:0]");
    return this;
  }

  Transaction drop(Chain chain) {
    line(chain.table(), "-X " + chain.name());
    return this;
  }

  Transaction append(Rule rule) {
    line(rule.chain().table(), "-A " + rule.chain().name() + " " + rule.text());
    return this;
  }

  /** Puts a rule first in its chain. */
  Transaction insert(Rule rule) {
    line(rule.chain().table(), "-I " + rule.chain().name() + " " + rule.text());
    return this;
  }

  Transaction delete(Rule rule) {
    line(rule.chain().table(), "-D " + rule.chain().name() + " " + rule.text());
    return this;
  }

  Transaction policy(Chain chain, String verdict) {
    line(chain.table(), "-P " + chain.name() + " " + verdict);
    return this;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (table, commands) -> {
          text.append('*').append(table).append('\n');
          commands.forEach(c -> text.append(c).append('\n'));
          text.append("COMMIT\n");
        });
    return text.toString();
  }
}
