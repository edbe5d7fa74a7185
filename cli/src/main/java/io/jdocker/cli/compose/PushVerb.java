package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Delegation;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jdocker compose push}: the images of services that are built here. */
record PushVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose push",
        "[OPTIONS] [SERVICE...]",
        "Push service images",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(
                FlagKind.BOOL,
                "ignore-push-failures",
                "Push what it can and ignores images with push failures")
            .add(
                FlagKind.BOOL,
                "include-deps",
                "Also push images of services declared as dependencies")
            .add(FlagKind.BOOL, 'q', "quiet", "Push without printing progress information"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Composition composition = Composition.open(session, options, line.arguments());
    for (String name : composition.wanted(line.arguments(), line.isSet("include-deps"))) {
      Service service = composition.service(name);
      if (service.origin().build().isEmpty() || service.origin().image().isEmpty()) {
        continue;
      }
      List<String> words = new ArrayList<>();
      if (line.isSet("quiet")) {
        words.add("--quiet");
      }
      words.add(service.origin().image());
      try {
        Delegation.run(new io.jdocker.cli.registry.PushVerb(), session, words);
      } catch (CommandFailure e) {
        if (!line.isSet("ignore-push-failures")) {
          throw e;
        }
        composition.board().warning(name + ": " + e.getMessage());
      }
    }
    return 0;
  }
}
