package io.jdocker.cli.registry;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker logout}: forgets a login; the engine is not asked. */
public final class LogoutVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "logout",
        "[SERVER]",
        "Log out from a registry",
        ArgumentCount.between(0, 1),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String key = DockerConfig.key(line.arguments().isEmpty() ? "" : line.argument(0));
    boolean known = DockerConfig.load(session.environment()).erase(key);
    session
        .console()
        .printLine((known ? "Removing login credentials for " : "Not logged in to ") + key);
    return 0;
  }
}
