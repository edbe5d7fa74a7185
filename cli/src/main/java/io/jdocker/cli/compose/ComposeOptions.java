package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.compose.load.ProjectSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The options between {@code compose} and its verb. */
public record ComposeOptions(
    List<String> files,
    String projectName,
    String directory,
    List<String> profiles,
    List<String> environmentFiles,
    String ansi,
    String progress,
    int parallel) {
  /** The word {@code compose} with all before the verb. */
  public static Synopsis synopsis() {
    return Synopsis.of(
            "compose",
            "[OPTIONS] COMMAND",
            "Define and run applications of several containers",
            ArgumentCount.atLeast(0),
            new FlagTable()
                .add(
                    FlagKind.STRING,
                    "ansi",
                    "Control when to print ANSI control characters (\"never\"|\"always\"|\"auto\")")
                .add(FlagKind.LIST, "env-file", "Specify an alternate environment file")
                .add(FlagKind.LIST, 'f', "file", "Compose configuration files")
                .add(
                    FlagKind.INT,
                    "parallel",
                    "Control max parallelism, -1 for unlimited (default -1)")
                .add(FlagKind.LIST, "profile", "Specify a profile to enable")
                .add(
                    FlagKind.STRING,
                    "progress",
                    "Set type of progress output (auto, tty, plain, quiet): all but quiet are plain")
                .add(FlagKind.STRING, "project-directory", "Specify an alternate working directory")
                .add(FlagKind.STRING, 'p', "project-name", "Project name")
                .add(FlagKind.BOOL, 'v', "version", "Show the version information"))
        .stoppingAtArgument();
  }

  /** What a parsed line says, and the environment where it is silent. */
  static ComposeOptions of(Parsed line) {
    return new ComposeOptions(
        line.list("file"),
        line.text("project-name"),
        line.text("project-directory"),
        line.list("profile"),
        line.list("env-file"),
        line.text("ansi"),
        line.text("progress"),
        Math.toIntExact(line.number("parallel", -1)));
  }

  /** None given: for lists of verbs and completion. */
  public static ComposeOptions none() {
    return new ComposeOptions(List.of(), "", "", List.of(), List.of(), "", "", -1);
  }

  boolean isQuiet() {
    return progress.equals("quiet");
  }

  int parallel(Map<String, String> environment) {
    String limit = environment.getOrDefault("COMPOSE_PARALLEL_LIMIT", "");
    return parallel < 0 && limit.matches("\\d{1,6}") ? Integer.parseInt(limit) : parallel;
  }

  /**
   * The request to read the project.
   *
   * @param services those that were named on the command line
   */
  ProjectSource source(Session session, List<String> services) {
    return new ProjectSource(
        files,
        directory,
        projectName,
        profiles,
        environmentFiles,
        services,
        session.environment(),
        Path.of("").toAbsolutePath(),
        () -> new String(session.console().in().readAllBytes(), StandardCharsets.UTF_8));
  }
}
