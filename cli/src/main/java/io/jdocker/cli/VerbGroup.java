package io.jdocker.cli;

import io.jdocker.cli.compose.ComposeOptions;
import io.jdocker.cli.compose.ComposeVerbs;
import io.jdocker.cli.image.ExplainImageVerb;
import io.jdocker.cli.image.ImagesVerb;
import io.jdocker.cli.image.RmiVerb;
import io.jdocker.cli.inspect.InspectKindVerb;
import io.jdocker.cli.inspect.ObjectKind;
import io.jdocker.cli.network.NetworkConnectVerb;
import io.jdocker.cli.network.NetworkCreateVerb;
import io.jdocker.cli.network.NetworkDisconnectVerb;
import io.jdocker.cli.network.NetworkDoctorVerb;
import io.jdocker.cli.network.NetworkGraphVerb;
import io.jdocker.cli.network.NetworkLsVerb;
import io.jdocker.cli.network.NetworkPathVerb;
import io.jdocker.cli.network.NetworkReloadVerb;
import io.jdocker.cli.network.NetworkRmVerb;
import io.jdocker.cli.option.UsageText;
import io.jdocker.cli.prune.BuilderPruneVerb;
import io.jdocker.cli.prune.PruneKind;
import io.jdocker.cli.prune.PruneVerb;
import io.jdocker.cli.prune.SystemPruneVerb;
import io.jdocker.cli.registry.ManifestInspectVerb;
import io.jdocker.cli.system.CheckVerb;
import io.jdocker.cli.system.DfVerb;
import io.jdocker.cli.volume.VolumeCreateVerb;
import io.jdocker.cli.volume.VolumeLsVerb;
import io.jdocker.cli.volume.VolumeRmVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A noun with verbs of its own: {@code container}, {@code network}. */
enum VerbGroup {
  BUILDER("Manage builds", "build prune", ""),
  COMPOSE(
      "Define and run applications of several containers",
      ComposeVerbs.NAMES,
      "attach bridge commit export publish stats watch"),
  CONTAINER(
      "Manage containers",
      "attach commit cp create diff exec export inspect kill logs ls pause port prune rename restart"
          + " rm run start stats stop top unpause update wait",
      ""),
  IMAGE(
      "Manage images",
      "build explain history import inspect load ls prune pull push rm save tag",
      ""),
  MANIFEST("Manage image manifests and manifest lists", "inspect", "annotate create push rm"),
  NETWORK(
      "Manage networks",
      "connect create disconnect doctor graph inspect ls path prune reload rm",
      ""),
  SYSTEM("Manage the engine", "check df events info prune", "dial-stdio"),
  VOLUME("Manage volumes", "create inspect ls prune rm", "update");

  private final String summary;
  private final String verbs;
  private final String planned;

  /**
   * Describes a group.
   *
   * @param verbs its verbs, separated by blanks
   * @param planned docker's verbs that are still missing here
   */
  VerbGroup(String summary, String verbs, String planned) {
    this.summary = summary;
    this.verbs = verbs;
    this.planned = planned;
  }

  static Optional<VerbGroup> named(String word) {
    return switch (word) {
      case "builder" -> Optional.of(BUILDER);
      case "compose" -> Optional.of(COMPOSE);
      case "container" -> Optional.of(CONTAINER);
      case "image" -> Optional.of(IMAGE);
      case "manifest" -> Optional.of(MANIFEST);
      case "network" -> Optional.of(NETWORK);
      case "system" -> Optional.of(SYSTEM);
      case "volume" -> Optional.of(VOLUME);
      default -> Optional.empty();
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String summary() {
    return summary;
  }

  List<String> verbs() {
    return words(verbs);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  String help() {
    List<VerbList.Line> lines = new ArrayList<>();
    for (String verb : words(verbs)) {
      lines.add(new VerbList.Line(verb, find(verb).orElseThrow().synopsis().summary()));
    }
    String call = "jdocker " + word();
    return "Usage:  "
        + call
        + (this == COMPOSE ? " [OPTIONS] COMMAND\n\n" : " COMMAND\n\n")
        + summary
        + (this == COMPOSE ? "\n\nOptions:\n" + composeOptions() : "\n")
        + "\nCommands:\n"
        + VerbList.text(lines)
        + "\nRun '"
        + call
        + " COMMAND --help' for more information on a command.\n";
  }

  private static String composeOptions() {
    return UsageText.options(ComposeOptions.synopsis().flags());
  }

  Optional<Verb> find(String verb) {
    return switch (this) {
      case BUILDER -> builder(verb);
      case COMPOSE -> ComposeVerbs.find(verb, ComposeOptions.none());
      case CONTAINER -> container(verb);
      case IMAGE -> image(verb);
      case MANIFEST -> manifest(verb);
      case NETWORK -> network(verb);
      case SYSTEM -> system(verb);
      case VOLUME -> volume(verb);
    };
  }

  private static Optional<Verb> builder(String verb) {
    return switch (verb) {
      case "build" -> TopLevelVerbs.find(verb);
      case "prune" -> Optional.of(new BuilderPruneVerb());
      default -> Optional.empty();
    };
  }

  private static Optional<Verb> container(String verb) {
    return switch (verb) {
      case "ls", "list", "ps" -> TopLevelVerbs.find("ps");
      case "remove" -> TopLevelVerbs.find("rm");
      case "inspect" -> Optional.of(new InspectKindVerb(ObjectKind.CONTAINER));
      case "prune" -> Optional.of(new PruneVerb(PruneKind.CONTAINER));
      case "attach",
          "commit",
          "cp",
          "create",
          "diff",
          "exec",
          "export",
          "kill",
          "logs",
          "pause",
          "port",
          "rename",
          "restart",
          "rm",
          "run",
          "start",
          "stats",
          "stop",
          "top",
          "unpause",
          "update",
          "wait" ->
          TopLevelVerbs.find(verb);
      default -> Optional.empty();
    };
  }

  private static Optional<Verb> image(String verb) {
    return switch (verb) {
      case "ls", "list" -> Optional.of(new ImagesVerb());
      case "explain" -> Optional.of(new ExplainImageVerb());
      case "rm", "remove" -> Optional.of(new RmiVerb());
      case "inspect" -> Optional.of(new InspectKindVerb(ObjectKind.IMAGE));
      case "prune" -> Optional.of(new PruneVerb(PruneKind.IMAGE));
      case "build", "history", "import", "load", "pull", "push", "save", "tag" ->
          TopLevelVerbs.find(verb);
      default -> Optional.empty();
    };
  }

  private static Optional<Verb> manifest(String verb) {
    return verb.equals("inspect") ? Optional.of(new ManifestInspectVerb()) : Optional.empty();
  }

  private static Optional<Verb> network(String verb) {
    return switch (verb) {
      case "connect" -> Optional.of(new NetworkConnectVerb());
      case "create" -> Optional.of(new NetworkCreateVerb());
      case "disconnect" -> Optional.of(new NetworkDisconnectVerb());
      case "doctor" -> Optional.of(new NetworkDoctorVerb());
      case "graph" -> Optional.of(new NetworkGraphVerb());
      case "inspect" -> Optional.of(new InspectKindVerb(ObjectKind.NETWORK));
      case "ls", "list" -> Optional.of(new NetworkLsVerb());
      case "path" -> Optional.of(new NetworkPathVerb());
      case "prune" -> Optional.of(new PruneVerb(PruneKind.NETWORK));
      case "reload" -> Optional.of(new NetworkReloadVerb());
      case "rm", "remove" -> Optional.of(new NetworkRmVerb());
      default -> Optional.empty();
    };
  }

  private static Optional<Verb> system(String verb) {
    return switch (verb) {
      case "check" -> Optional.of(new CheckVerb());
      case "df" -> Optional.of(new DfVerb());
      case "prune" -> Optional.of(new SystemPruneVerb());
      case "events", "info" -> TopLevelVerbs.find(verb);
      default -> Optional.empty();
    };
  }

  private static Optional<Verb> volume(String verb) {
    return switch (verb) {
      case "create" -> Optional.of(new VolumeCreateVerb());
      case "inspect" -> Optional.of(new InspectKindVerb(ObjectKind.VOLUME));
      case "ls", "list" -> Optional.of(new VolumeLsVerb());
      case "prune" -> Optional.of(new PruneVerb(PruneKind.VOLUME));
      case "rm", "remove" -> Optional.of(new VolumeRmVerb());
      default -> Optional.empty();
    };
  }

  /**
   * The words of a verb as its help shows them: {@code container ls} for {@code container list}.
   */
  String path(String verb) {
    return word()
        + " "
        + switch (verb) {
          case "list", "ps" -> "ls";
          case "remove" -> "rm";
          default -> verb;
        };
  }

  boolean isPlanned(String verb) {
    return words(planned).contains(verb);
  }
}
