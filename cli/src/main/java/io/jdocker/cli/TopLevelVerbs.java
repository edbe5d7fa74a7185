package io.jdocker.cli;

import io.jdocker.cli.container.CreateVerb;
import io.jdocker.cli.container.ExplainVerb;
import io.jdocker.cli.container.PsVerb;
import io.jdocker.cli.container.RunVerb;
import io.jdocker.cli.image.ImagesVerb;
import io.jdocker.cli.image.ImportVerb;
import io.jdocker.cli.system.VersionVerb;
import java.util.Optional;

/** The verbs that stand alone. */
final class TopLevelVerbs {
  private TopLevelVerbs() {}

  static Optional<Verb> find(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "run" -> new RunVerb();
          case "create" -> new CreateVerb();
          case "explain" -> new ExplainVerb();
          case "ps" -> new PsVerb();
          case "images" -> new ImagesVerb();
          case "import" -> new ImportVerb();
          case "version" -> new VersionVerb();
          default -> null;
        });
  }

  /** Docker's verbs that are still missing here. */
  static boolean isPlanned(String name) {
    return switch (name) {
      case "build",
          "commit",
          "cp",
          "diff",
          "export",
          "login",
          "logout",
          "pause",
          "pull",
          "push",
          "rename",
          "search",
          "stats",
          "unpause",
          "update" ->
          true;
      default -> false;
    };
  }
}
