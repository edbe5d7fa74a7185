package io.jdocker.cli;

import io.jdocker.cli.build.BuildVerb;
import io.jdocker.cli.completion.CompletionVerb;
import io.jdocker.cli.container.AttachVerb;
import io.jdocker.cli.container.CommitVerb;
import io.jdocker.cli.container.CreateVerb;
import io.jdocker.cli.container.DiffVerb;
import io.jdocker.cli.container.ExecVerb;
import io.jdocker.cli.container.ExplainVerb;
import io.jdocker.cli.container.ExportVerb;
import io.jdocker.cli.container.KillVerb;
import io.jdocker.cli.container.LogsVerb;
import io.jdocker.cli.container.PauseVerb;
import io.jdocker.cli.container.PortVerb;
import io.jdocker.cli.container.PsVerb;
import io.jdocker.cli.container.RenameVerb;
import io.jdocker.cli.container.RestartVerb;
import io.jdocker.cli.container.RmVerb;
import io.jdocker.cli.container.RunVerb;
import io.jdocker.cli.container.StartVerb;
import io.jdocker.cli.container.StopVerb;
import io.jdocker.cli.container.TopVerb;
import io.jdocker.cli.container.UnpauseVerb;
import io.jdocker.cli.container.UpdateVerb;
import io.jdocker.cli.container.WaitVerb;
import io.jdocker.cli.copy.CpVerb;
import io.jdocker.cli.engine.DaemonVerb;
import io.jdocker.cli.image.HistoryVerb;
import io.jdocker.cli.image.ImagesVerb;
import io.jdocker.cli.image.ImportVerb;
import io.jdocker.cli.image.LoadVerb;
import io.jdocker.cli.image.RmiVerb;
import io.jdocker.cli.image.SaveVerb;
import io.jdocker.cli.image.TagVerb;
import io.jdocker.cli.inspect.InspectVerb;
import io.jdocker.cli.registry.LoginVerb;
import io.jdocker.cli.registry.LogoutVerb;
import io.jdocker.cli.registry.PullVerb;
import io.jdocker.cli.registry.PushVerb;
import io.jdocker.cli.registry.SearchVerb;
import io.jdocker.cli.stats.StatsVerb;
import io.jdocker.cli.system.EventsVerb;
import io.jdocker.cli.system.InfoVerb;
import io.jdocker.cli.system.VersionVerb;
import java.util.List;
import java.util.Optional;

/** The verbs that stand alone. */
final class TopLevelVerbs {
  private static final List<String> NAMES =
      List.of(
          "attach",
          "build",
          "commit",
          "completion",
          "cp",
          "create",
          "daemon",
          "diff",
          "events",
          "exec",
          "explain",
          "export",
          "history",
          "images",
          "import",
          "info",
          "inspect",
          "kill",
          "load",
          "login",
          "logout",
          "logs",
          "pause",
          "port",
          "ps",
          "pull",
          "push",
          "rename",
          "restart",
          "rm",
          "rmi",
          "run",
          "save",
          "search",
          "start",
          "stats",
          "stop",
          "tag",
          "top",
          "unpause",
          "update",
          "version",
          "wait");

  private TopLevelVerbs() {}

  static List<String> names() {
    return NAMES;
  }

  static Optional<Verb> find(String name) {
    Optional<Verb> verb = ofContainers(name);
    return verb.isPresent() ? verb : others(name);
  }

  private static Optional<Verb> ofContainers(String name) {
    return switch (name) {
      case "attach" -> Optional.of(new AttachVerb());
      case "build" -> Optional.of(new BuildVerb());
      case "commit" -> Optional.of(new CommitVerb());
      case "cp" -> Optional.of(new CpVerb());
      case "create" -> Optional.of(new CreateVerb());
      case "diff" -> Optional.of(new DiffVerb());
      case "exec" -> Optional.of(new ExecVerb());
      case "explain" -> Optional.of(new ExplainVerb());
      case "export" -> Optional.of(new ExportVerb());
      case "kill" -> Optional.of(new KillVerb());
      case "logs" -> Optional.of(new LogsVerb());
      case "pause" -> Optional.of(new PauseVerb());
      case "port" -> Optional.of(new PortVerb());
      case "ps" -> Optional.of(new PsVerb());
      case "rename" -> Optional.of(new RenameVerb());
      case "restart" -> Optional.of(new RestartVerb());
      case "rm" -> Optional.of(new RmVerb());
      case "run" -> Optional.of(new RunVerb());
      case "start" -> Optional.of(new StartVerb());
      case "stats" -> Optional.of(new StatsVerb());
      case "stop" -> Optional.of(new StopVerb());
      case "top" -> Optional.of(new TopVerb());
      case "unpause" -> Optional.of(new UnpauseVerb());
      case "update" -> Optional.of(new UpdateVerb());
      case "wait" -> Optional.of(new WaitVerb());
      default -> Optional.empty();
    };
  }

  private static Optional<Verb> others(String name) {
    return switch (name) {
      case "completion" -> Optional.of(new CompletionVerb());
      case "daemon" -> Optional.of(new DaemonVerb());
      case "events" -> Optional.of(new EventsVerb());
      case "history" -> Optional.of(new HistoryVerb());
      case "images" -> Optional.of(new ImagesVerb());
      case "import" -> Optional.of(new ImportVerb());
      case "info" -> Optional.of(new InfoVerb());
      case "inspect" -> Optional.of(new InspectVerb());
      case "load" -> Optional.of(new LoadVerb());
      case "login" -> Optional.of(new LoginVerb());
      case "logout" -> Optional.of(new LogoutVerb());
      case "pull" -> Optional.of(new PullVerb());
      case "push" -> Optional.of(new PushVerb());
      case "rmi" -> Optional.of(new RmiVerb());
      case "save" -> Optional.of(new SaveVerb());
      case "search" -> Optional.of(new SearchVerb());
      case "tag" -> Optional.of(new TagVerb());
      case "version" -> Optional.of(new VersionVerb());
      default -> Optional.empty();
    };
  }
}
