package io.jdocker.cli.compose.act;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.CommandLineParser;
import java.io.IOException;
import java.util.List;

/** Has another verb of this command do the work: what a container's verb does is done there. */
public final class Delegation {
  private Delegation() {}

  /** Runs the verb on these words; returns its exit code. */
  public static int run(Verb verb, Session session, List<String> words) throws IOException {
    return verb.run(new CommandLineParser(verb.synopsis()).parse(words), session);
  }
}
