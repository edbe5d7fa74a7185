package io.jdocker.network.path;

import io.jdocker.network.rules.RuleHit;
import java.util.List;
import java.util.Locale;

/** A way as a story for a terminal: a line a step, the rules that mattered indented below it. */
public final class WayText {
  private static final int DEEPER = 2;

  private final StringBuilder text = new StringBuilder();

  private WayText() {}

  /** Writes it. */
  public static String of(Way way) {
    WayText words = new WayText();
    words.text.append(way.asked()).append("\n\n");
    words.steps(way.hops());
    if (!way.back().isEmpty()) {
      words.text.append("\nand the answer back\n\n");
      words.steps(way.back());
    }
    words
        .text
        .append('\n')
        .append(sign(way.outcome().kind()))
        .append(' ')
        .append(way.outcome().place())
        .append(": ")
        .append(way.outcome().why())
        .append('\n');
    return words.text.toString();
  }

  private static String sign(Outcome.Kind kind) {
    return switch (kind) {
      case ANSWERED -> "✔ ANSWERED by";
      case REFUSED -> "✘ REFUSED by";
      case REJECTED -> "✘ REJECTED in";
      case DROPPED -> "✘ DROPPED in";
      case LEAVES -> "→ LEAVES";
      case UNKNOWN -> "? UNKNOWN in";
    };
  }

  private void steps(List<Hop> hops) {
    String place = "";
    for (Hop hop : hops.stream().filter(h -> !h.isQuiet()).toList()) {
      if (!hop.place().equals(place)) {
        text.append(hop.place()).append('\n');
        place = hop.place();
      }
      text.append("  ").append(hop.text()).append('\n');
      hop.rules().forEach(this::rule);
    }
  }

  private void rule(RuleHit hit) {
    if (hit.isEmptyJump()) {
      return; // JSON has it
    }
    String where = hit.table() + " " + hit.chain();
    text.append(
        String.format(
            Locale.ROOT,
            "      %-22s %s%s%n",
            where,
            " ".repeat(DEEPER * hit.depth()),
            hit.text()));
    if (!hit.note().isEmpty()) {
      text.append(" ".repeat(29 + DEEPER * hit.depth())).append(hit.note()).append('\n');
    }
  }
}
