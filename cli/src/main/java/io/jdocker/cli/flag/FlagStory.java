package io.jdocker.cli.flag;

import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.Flag;
import java.util.List;
import java.util.Optional;

/** Shows flags with what they do to the kernel. */
public final class FlagStory {
  private static final String INDENT = "    ";
  private static final int NAME_WIDTH = 24;

  private FlagStory() {}

  /** One flag in full. */
  public static String text(Flag flag, FlagEffect effect) {
    StringBuilder text = new StringBuilder(names(flag)).append('\n');
    text.append(INDENT).append(flag.help().replace("\n", "\n" + INDENT)).append("\n\n");
    if (effect.effects().isEmpty()) {
      text.append("Nothing is done to the kernel");
      text.append(effect.note().isEmpty() ? ".\n" : ": " + effect.note() + ".\n");
    } else {
      text.append("What is done to the kernel:\n");
      effect.effects().forEach(e -> text.append(INDENT).append(version(e)).append('\n'));
    }
    if (!effect.manuals().isEmpty()) {
      text.append("\nSee ").append(String.join(", ", effect.manuals())).append('\n');
    }
    return text.toString();
  }

  private static String names(Flag flag) {
    return (flag.shorthand() == Flag.NO_SHORTHAND ? "" : "-" + flag.shorthand() + ", ")
        + "--"
        + flag.name();
  }

  private static String version(String effect) {
    return effect.startsWith("v1:") || effect.startsWith("v2:")
        ? "cgroup " + effect.substring(0, 2) + ":" + effect.substring("v1:".length())
        : effect;
  }

  /** All in short: a line an effect. */
  public static String list(List<FlagEffect> effects) {
    StringBuilder text = new StringBuilder();
    for (FlagEffect effect : effects) {
      String name = "--" + effect.flag();
      List<String> lines =
          effect.effects().isEmpty() ? List.of("(" + effect.note() + ")") : effect.effects();
      for (String line : lines) {
        text.append(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
        text.append(version(line)).append('\n');
        name = "";
      }
    }
    return text.toString();
  }

  /** One as JSON. */
  public static String json(FlagEffect effect, Optional<Flag> flag) {
    return new JsonBody()
        .text("Flag", effect.flag())
        .text("Help", flag.map(Flag::help).orElse(""))
        .texts("Effects", effect.effects())
        .text("Note", effect.note())
        .texts("Manuals", effect.manuals())
        .build()
        .toString();
  }
}
