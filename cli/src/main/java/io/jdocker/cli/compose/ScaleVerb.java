package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.act.Creation;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code jdocker compose scale}. */
record ScaleVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose scale",
        "[SERVICE=REPLICAS...]",
        "Scale services",
        ArgumentCount.atLeast(1),
        new FlagTable().add(FlagKind.BOOL, "no-deps", "Don't start linked services"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Map<String, Integer> scale = ConvergeFlags.scale(line.arguments());
    List<String> named = List.copyOf(scale.keySet());
    Composition composition = Composition.open(session, options, named);
    ProjectEngine engine = composition.engine();
    Set<String> wanted = composition.wanted(named, !line.isSet("no-deps"));
    Creation.Wishes wishes =
        new Creation.Wishes(
            Creation.Recreate.WHEN_CHANGED,
            Creation.Recreate.NEVER,
            scale,
            "",
            false,
            scale.keySet());
    new Convergence(composition, wishes)
        .create(engine, wanted, new Images.Wishes(false, false, "", false), false, "");
    UpVerb.start(composition, engine, wanted);
    return 0;
  }
}
