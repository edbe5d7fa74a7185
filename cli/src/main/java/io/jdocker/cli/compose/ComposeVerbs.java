package io.jdocker.cli.compose;

import io.jdocker.cli.Verb;
import io.jdocker.cli.option.CommandLineParser;
import io.jdocker.cli.option.Parsed;
import java.util.List;
import java.util.Optional;

/** From the words after {@code compose} to the verb. */
public final class ComposeVerbs {
  /** The verbs in the order of the help, separated by blanks. */
  public static final String NAMES =
      "build config cp create down events exec images kill logs ls pause port ps pull push restart rm"
          + " run scale start stop top unpause up version volumes wait";

  /** What the words name: no verb when only options are there. */
  public record Found(Optional<Verb> verb, String name, List<String> rest) {}

  private ComposeVerbs() {}

  /** Splits the words after {@code compose}. */
  public static Found find(List<String> words) {
    Parsed line = new CommandLineParser(ComposeOptions.synopsis()).parse(words);
    if (line.isSet("version")) {
      return new Found(find("version", ComposeOptions.of(line)), "version", List.of());
    }
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
      case "build" -> Optional.of(new BuildVerb(options));
      case "config" -> Optional.of(new ConfigVerb(options));
      case "cp" -> Optional.of(new CpVerb(options));
      case "create" -> Optional.of(new CreateVerb(options));
      case "down" -> Optional.of(new DownVerb(options));
      case "events" -> Optional.of(new EventsVerb(options));
      case "exec" -> Optional.of(new ExecVerb(options));
      case "images" -> Optional.of(new ImagesVerb(options));
      case "kill" -> Optional.of(new KillVerb(options));
      case "logs" -> Optional.of(new LogsVerb(options));
      case "ls" -> Optional.of(new LsVerb(options));
      case "pause" -> Optional.of(new PauseVerb(options));
      case "port" -> Optional.of(new PortVerb(options));
      case "ps" -> Optional.of(new PsVerb(options));
      case "pull" -> Optional.of(new PullVerb(options));
      case "push" -> Optional.of(new PushVerb(options));
      case "restart" -> Optional.of(new RestartVerb(options));
      case "rm" -> Optional.of(new RmVerb(options));
      case "run" -> Optional.of(new RunVerb(options));
      case "scale" -> Optional.of(new ScaleVerb(options));
      case "start" -> Optional.of(new StartVerb(options));
      case "stop" -> Optional.of(new StopVerb(options));
      case "top" -> Optional.of(new TopVerb(options));
      case "unpause" -> Optional.of(new UnpauseVerb(options));
      case "up" -> Optional.of(new UpVerb(options));
      case "version" -> Optional.of(new VersionVerb(options));
      case "volumes" -> Optional.of(new VolumesVerb(options));
      case "wait" -> Optional.of(new WaitVerb(options));
      default -> Optional.empty();
    };
  }
}
