package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code jdocker compose pull}. */
record PullVerb(ComposeOptions options) implements Verb {
  private static final int PULL_FAILED = 18;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose pull",
        "[OPTIONS] [SERVICE...]",
        "Pull service images",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.BOOL, "ignore-buildable", "Ignore images that can be built")
            .add(
                FlagKind.BOOL,
                "ignore-pull-failures",
                "Pull what it can and ignores images with pull failures")
            .add(FlagKind.BOOL, "include-deps", "Also pull services declared as dependencies")
            .add(FlagKind.STRING, "policy", "Apply pull policy (\"missing\"|\"always\")")
            .add(FlagKind.BOOL, 'q', "quiet", "Pull without printing progress information"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Composition composition = Composition.open(session, options, line.arguments());
    ProjectEngine engine = composition.engine();
    Images images = new Images(session, composition.project(), composition.board());
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String name : composition.wanted(line.arguments(), line.isSet("include-deps"))) {
      Service service = composition.service(name);
      String image = service.origin().image();
      boolean canBuild = service.origin().build().isPresent();
      boolean isLeftOut = image.isEmpty() || (canBuild && line.isSet("ignore-buildable"));
      boolean isThere =
          line.text("policy").equals("missing")
              && !image.isEmpty()
              && engine.find("/images/", image, "/json").isPresent();
      if (isLeftOut || service.origin().pullPolicy().equals("never") || isThere) {
        composition.board().line(" " + name + " Skipped ");
      } else {
        wanted.putIfAbsent(image, name);
      }
    }
    String failure = "";
    for (Map.Entry<String, String> entry : wanted.entrySet()) {
      try {
        images.pull(engine.api(), entry.getValue(), entry.getKey(), line.isSet("quiet"));
      } catch (ApiException | CommandFailure e) {
        boolean canBuild = composition.service(entry.getValue()).origin().build().isPresent();
        if (line.isSet("ignore-pull-failures") || canBuild) {
          composition.board().warning(entry.getKey() + ": " + e.getMessage());
        } else {
          failure = failure.isEmpty() ? e.getMessage() : failure;
        }
      }
    }
    if (!failure.isEmpty()) {
      throw new CommandFailure("Error response from daemon: " + failure, PULL_FAILED);
    }
    return 0;
  }
}
