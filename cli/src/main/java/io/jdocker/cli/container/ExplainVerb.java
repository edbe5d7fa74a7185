package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.flag.FlagEffect;
import io.jdocker.cli.flag.FlagEffects;
import io.jdocker.cli.flag.FlagStory;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code jdocker explain}: the kernel's side of a container's start, as a story, JSON or a script.
 */
public final class ExplainVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "explain",
        "[OPTIONS] [CONTAINER]",
        "Show what was done to the kernel to make a container, or what a flag would do",
        ArgumentCount.between(0, 1),
        new FlagTable()
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "format",
                """
                How to tell it:
                'text': a story, one line a step
                'json': the recorded steps
                'sh':   a shell script that builds the same container by hand""",
                "\"text\"")
            .add(FlagKind.STRING, "flag", "Tell what a flag of run, create or exec does")
            .add(FlagKind.BOOL, "list", "Tell it of every flag, in short")
            .add(FlagKind.BOOL, "live", "Show each step as it happens"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (line.isSet("list") || line.has("flag")) {
      session.console().print(flags(line));
      return 0;
    }
    if (line.arguments().isEmpty()) {
      throw new CommandFailure("name a container, or use --flag or --list");
    }
    try (Response story =
        session
            .api()
            .openUnversioned(
                "GET",
                Explanation.query(line.argument(0))
                    .with("format", line.find("format").orElse("text"))
                    .when(line.isSet("live"), "live"))) {
      Explanation.copy(story.body(), session.console().out());
    }
    return 0;
  }

  private static String flags(Parsed line) throws IOException {
    if (!line.arguments().isEmpty()) {
      throw new CommandFailure("--flag and --list take no container");
    }
    String format = line.find("format").orElse("text");
    if (!List.of("text", "json").contains(format)) {
      throw new CommandFailure("flags are told as 'text' or 'json', not as '" + format + "'");
    }
    boolean json = format.equals("json");
    FlagEffects effects = FlagEffects.load();
    if (!line.has("flag")) {
      return json
          ? effects.all().stream()
              .map(effect -> FlagStory.json(effect, flag(effect)))
              .collect(Collectors.joining("\n", "", "\n"))
          : FlagStory.list(effects.all());
    }
    FlagEffect effect =
        effects
            .find(longName(line.text("flag")))
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "no flag of run, create or exec: "
                            + line.text("flag")
                            + " (see jdocker explain --list)"));
    return json
        ? FlagStory.json(effect, flag(effect)) + "\n"
        : FlagStory.text(flag(effect).orElseThrow(), effect);
  }

  /** The flags it can tell of, each once. */
  static List<Flag> told() {
    List<Flag> flags = new ArrayList<>(new RunVerb().synopsis().flags().flags());
    for (Flag flag : new ExecVerb().synopsis().flags().flags()) {
      if (flags.stream().noneMatch(other -> other.name().equals(flag.name()))) {
        flags.add(flag);
      }
    }
    flags.removeIf(flag -> flag.name().equals("help"));
    return flags;
  }

  private static Optional<Flag> flag(FlagEffect effect) {
    return told().stream().filter(flag -> flag.name().equals(effect.flag())).findFirst();
  }

  /** {@code memory} for {@code -m}, {@code --memory} and {@code m}; {@code network} for net. */
  private static String longName(String asked) {
    String bare = asked.replaceFirst("^--?", "");
    return told().stream()
        .filter(
            flag ->
                flag.name().equals(bare)
                    || flag.aliases().equals(bare)
                    || (bare.length() == 1 && flag.shorthand() == bare.charAt(0)))
        .map(Flag::name)
        .findFirst()
        .orElse(bare);
  }
}
