package io.jdocker.cli.compose;

import io.jdocker.cli.Verb;
import io.jdocker.cli.option.CommandLineParser;
import io.jdocker.cli.option.Parsed;
import java.util.List;
import java.util.Optional;

/** From the words after {@code compose} to the verb. */
public final class ComposeVerbs {
  /** The verbs in the order of the help, separated by blanks. */
  public static final String NAMES = "down logs ps up";

  /** What the words name: no verb when only options are there. */
  public record Found(Optional<Verb> verb, String name, List<String> rest) {}

  private ComposeVerbs() {}

  /** Splits the words after {@code compose}. */
  public static Found find(List<String> words) {
    Parsed line = new CommandLineParser(ComposeOptions.synopsis()).parse(words);
    if (line.isSet("help") || line.arguments().isEmpty()) {
      return new Found(Optional.empty(), "", List.of());
    }
    String name = line.argument(0);
    List<String> rest = line.arguments().subList(1, line.arguments().size());
    return new Found(find(name, ComposeOptions.of(line)), name, rest);
  }

  /** The verb of a name. */
  public static Optional<Verb> find(String name, ComposeOptions options) {
    return switch (name) {
      case "down" -> Optional.of(new DownVerb(options));
      case "logs" -> Optional.of(new LogsVerb(options));
      case "ps" -> Optional.of(new PsVerb(options));
      case "up" -> Optional.of(new UpVerb(options));
      default -> Optional.empty();
    };
  }
}
