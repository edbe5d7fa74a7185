package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Delegation;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.compose.request.Names;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.registry.PushVerb;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code jdocker compose build}. */
record BuildVerb(ComposeOptions options) implements Verb {
  /** As docker compose ends when an image could not be built. */
  private static final int BUILD_FAILED = 17;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose build",
        "[OPTIONS] [SERVICE...]",
        "Build or rebuild services",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.LIST, "build-arg", "Set build-time variables for services")
            .add(FlagKind.BOOL, "no-cache", "Do not use cache when building the image")
            .add(FlagKind.BOOL, "pull", "Always attempt to pull a newer version of the image")
            .add(FlagKind.BOOL, "push", "Push service images")
            .add(FlagKind.BOOL, 'q', "quiet", "Suppress the build output")
            .add(FlagKind.BOOL, "with-dependencies", "Also build dependencies (transitively)"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Composition composition = Composition.open(session, options, line.arguments());
    Set<String> wanted = composition.wanted(line.arguments(), line.isSet("with-dependencies"));
    Images images = new Images(session, composition.project(), composition.board());
    Images.BuildWishes wishes =
        new Images.BuildWishes(
            line.isSet("no-cache"),
            line.isSet("pull"),
            line.list("build-arg"),
            line.isSet("quiet"));
    for (String name : wanted) {
      Service service = composition.service(name);
      if (service.origin().build().isEmpty()) {
        continue;
      }
      try {
        images.build(service, wishes);
      } catch (CommandFailure e) {
        throw new CommandFailure("target " + name + ": " + e.getMessage(), BUILD_FAILED);
      }
      if (line.isSet("push") && !service.origin().image().isEmpty()) {
        String image = Names.image(composition.project(), service);
        Delegation.run(new PushVerb(), session, List.of(image));
      }
    }
    return 0;
  }
}
