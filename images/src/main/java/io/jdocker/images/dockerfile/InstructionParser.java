package io.jdocker.images.dockerfile;

import io.jdocker.images.dockerfile.Instruction.Command;
import io.jdocker.images.dockerfile.Instruction.Pair;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one instruction. */
public final class InstructionParser {
  private static final List<String> NAMES =
      List.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");
  private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

  private final char escape;

  /**
   * @param escape the character that takes a character's meaning away
   */
  public InstructionParser(char escape) {
    this.escape = escape;
  }

  /** A trigger that a base image brings. */
  public Instruction parseTrigger(String text) {
    return parse(new LogicalLine(Position.none(text), text.strip(), List.of()));
  }

  Instruction parse(LogicalLine line) {
    String[] parts = line.text().split("\\s+", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    if (!NAMES.contains(name)) {
      throw line.position().error("unknown instruction: " + parts[0] + nearest(name), parts[0]);
    }
    try {
      return parse(line, name, rest);
    } catch (InvalidArgument e) {
      boolean pointed = e.getMessage().startsWith("dockerfile parse error");
      throw pointed ? e : line.position().error(e.getMessage(), culprit(line, e.getMessage()));
    }
  }

  /** The flag or quoted word that the message names, if the line has it. */
  private static String culprit(LogicalLine line, String message) {
    for (String word : message.split("[\\s\"',]+", -1)) {
      if (word.length() > 2 && word.startsWith("--") && line.position().source().contains(word)) {
        return word;
      }
    }
    return "";
  }

  private static String nearest(String name) {
    return NAMES.stream()
        .filter(known -> distance(known, name) <= Math.max(1, name.length() / 3))
        .min((a, b) -> Integer.compare(distance(a, name), distance(b, name)))
        .map(known -> " (did you mean " + known + "?)")
        .orElse("");
  }

  /** How many letters must be changed, added or left out (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private Instruction parse(LogicalLine line, String name, String rest) {
    Position at = line.position();
    String text = name + (rest.isEmpty() ? "" : " " + rest);
    if (rest.isEmpty() && !name.equals("CMD")) {
      throw new InvalidArgument(
          name.equals("ENV") || name.equals("LABEL")
              ? name + " requires at least one argument"
              : name + " requires " + arguments(name));
    }
    return switch (name) {
      case "FROM" -> from(at, text, rest);
      case "RUN" -> run(line, text, rest);
      case "CMD" -> new Instruction.Cmd(at, text, command(rest));
      case "ENTRYPOINT" -> new Instruction.Entrypoint(at, text, command(rest));
      case "ENV" -> new Instruction.Env(at, text, pairs(name, rest));
      case "LABEL" -> new Instruction.Label(at, text, pairs(name, rest));
      case "MAINTAINER" -> new Instruction.Maintainer(at, text, rest);
      case "EXPOSE" -> new Instruction.Expose(at, text, Words.raw(rest, escape));
      case "VOLUME" -> new Instruction.Volume(at, text, volumes(rest));
      case "USER" -> new Instruction.User(at, text, one(name, rest));
      case "WORKDIR" -> new Instruction.Workdir(at, text, rest);
      case "STOPSIGNAL" -> new Instruction.StopSignal(at, text, one(name, rest));
      case "SHELL" -> new Instruction.Shell(at, text, shell(rest));
      case "HEALTHCHECK" -> healthCheck(at, text, rest);
      case "ONBUILD" -> onBuild(at, text, rest);
      case "ARG" -> new Instruction.Arg(at, text, declarations(rest));
      default -> copy(line, text, name.equals("ADD"), rest);
    };
  }

  private static String arguments(String name) {
    return switch (name) {
      case "ADD", "COPY" ->
          "at least two arguments, but only one was provided. Destination could"
              + " not be determined";
      case "FROM" -> "either one or three arguments";
      case "ARG", "EXPOSE", "VOLUME", "HEALTHCHECK", "RUN", "ENTRYPOINT", "ONBUILD", "SHELL" ->
          "at least one argument";
      default -> "exactly one argument";
    };
  }

  private Instruction from(Position at, String text, String rest) {
    InstructionFlags flags = InstructionFlags.parse(rest, Set.of("platform"), escape);
    String[] words = flags.rest().split("\\s+", -1);
    boolean named = words.length == 3 && words[1].equalsIgnoreCase("as");
    if (words[0].isEmpty() || (words.length != 1 && !named)) {
      throw new InvalidArgument("FROM requires either one or three arguments");
    }
    Optional<String> alias =
        named ? Optional.of(words[2].toLowerCase(Locale.ROOT)) : Optional.empty();
    if (alias.filter(a -> !STAGE_NAME.matcher(a).matches()).isPresent()) {
      throw at.error(
          "invalid name for build stage: \""
              + words[2]
              + "\", name can't start with a number or"
              + " contain symbols",
          words[2]);
    }
    return new Instruction.From(at, text, flags.one("platform"), words[0], alias);
  }

  private Instruction run(LogicalLine line, String text, String rest) {
    InstructionFlags flags =
        InstructionFlags.parse(rest, Set.of("mount", "network", "security"), escape);
    if (!flags.one("security").isEmpty() && !flags.one("security").equals("sandbox")) {
      throw new InvalidArgument("security mode \"" + flags.one("security") + "\" is not supported");
    }
    String network = flags.one("network");
    if (!List.of("", "default", "none", "host").contains(network)) {
      throw new InvalidArgument("invalid network mode: \"" + network + "\"");
    }
    if (flags.rest().isEmpty()) {
      throw new InvalidArgument("RUN requires at least one argument");
    }
    return new Instruction.Run(
        line.position(), text, command(flags.rest()), flags.all("mount"), network, line.heredocs());
  }

  private static Command command(String rest) {
    return Words.jsonList(rest)
        .map(words -> new Command(false, words))
        .orElseGet(() -> new Command(true, rest.isEmpty() ? List.of() : List.of(rest)));
  }

  /** {@code a=b c=d}, or the old form {@code NAME the rest}. */
  private List<Pair> pairs(String instruction, String rest) {
    List<String> words = Words.raw(rest, escape);
    if (words.get(0).indexOf('=') < 0) {
      String[] old = rest.split("\\s+", 2);
      if (old.length < 2) {
        throw new InvalidArgument(instruction + " must have two arguments");
      }
      return List.of(new Pair(old[0], old[1]));
    }
    List<Pair> pairs = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new InvalidArgument(
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      if (equals == 0) {
        throw new InvalidArgument(instruction + " names can not be blank");
      }
      pairs.add(new Pair(word.substring(0, equals), word.substring(equals + 1)));
    }
    return pairs;
  }

  private List<String> volumes(String rest) {
    List<String> paths = Words.jsonList(rest).orElseGet(() -> Words.raw(rest, escape));
    if (paths.isEmpty() || paths.stream().anyMatch(String::isBlank)) {
      throw new InvalidArgument("VOLUME specified can not be an empty string");
    }
    return paths;
  }

  private String one(String name, String rest) {
    if (Words.raw(rest, escape).size() != 1) {
      throw new InvalidArgument(name + " requires exactly one argument");
    }
    return rest;
  }

  private static List<String> shell(String rest) {
    List<String> words =
        Words.jsonList(rest)
            .orElseThrow(
                () -> new InvalidArgument("SHELL requires the arguments to be in JSON form"));
    if (words.isEmpty()) {
      throw new InvalidArgument("SHELL requires at least one argument");
    }
    return words;
  }

  private static Instruction healthCheck(Position at, String text, String rest) {
    HealthcheckInstruction.parse(rest);
    return new Instruction.HealthCheck(at, text, rest);
  }

  private Instruction onBuild(Position at, String text, String rest) {
    String trigger = rest.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    if (trigger.equals("ONBUILD")) {
      throw new InvalidArgument("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    }
    if (trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
      throw new InvalidArgument(trigger + " isn't allowed as an ONBUILD trigger");
    }
    parse(new LogicalLine(at, rest, List.of()));
    return new Instruction.OnBuild(at, text, rest);
  }

  private List<Instruction.Arg.Declaration> declarations(String rest) {
    List<Instruction.Arg.Declaration> declarations = new ArrayList<>();
    for (String word : Words.raw(rest, escape)) {
      int equals = word.indexOf('=');
      if (equals == 0) {
        throw new InvalidArgument("ARG names can not be blank");
      }
      declarations.add(
          equals < 0
              ? new Instruction.Arg.Declaration(word, Optional.empty())
              : new Instruction.Arg.Declaration(
                  word.substring(0, equals), Optional.of(word.substring(equals + 1))));
    }
    return declarations;
  }

  private Instruction copy(LogicalLine line, String text, boolean add, String rest) {
    Set<String> known =
        add
            ? Set.of("chown", "chmod", "link?", "exclude", "checksum", "keep-git-dir?")
            : Set.of("from", "chown", "chmod", "link?", "parents?", "exclude");
    InstructionFlags flags = InstructionFlags.parse(rest, known, escape);
    List<String> words =
        new ArrayList<>(
            Words.jsonList(flags.rest()).orElseGet(() -> Words.raw(flags.rest(), escape)));
    String name = add ? "ADD" : "COPY";
    if (words.size() < 2) {
      throw new InvalidArgument(name + " requires " + arguments(name));
    }
    String target = words.remove(words.size() - 1);
    if (!line.heredocs().isEmpty()) {
      words.removeIf(word -> word.startsWith("<<"));
    }
    return new Instruction.Copy(
        line.position(),
        text,
        add,
        new Instruction.CopyFlags(
            flags.one("from"),
            flags.one("chown"),
            flags.one("chmod"),
            flags.isSet("link"),
            flags.isSet("parents"),
            flags.all("exclude"),
            flags.one("checksum")),
        words,
        target,
        line.heredocs());
  }
}
