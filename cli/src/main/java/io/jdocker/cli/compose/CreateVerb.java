package io.jdocker.cli.compose;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker compose create}: all of {@code up} but the start. */
record CreateVerb(ComposeOptions options) implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose create",
        "[OPTIONS] [SERVICE...]",
        "Creates containers for a service",
        ArgumentCount.atLeast(0),
        ConvergeFlags.add(new FlagTable()));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    ConvergeFlags.check(line);
    Composition composition = Composition.open(session, options, line.arguments());
    new Convergence(composition, ConvergeFlags.wishes(line))
        .create(
            composition.engine(),
            composition.wanted(line.arguments(), true),
            ConvergeFlags.images(line),
            line.isSet("remove-orphans"),
            ConvergeFlags.timeout(line));
    return 0;
  }
}
