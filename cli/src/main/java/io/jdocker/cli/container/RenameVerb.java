package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker rename}: prints nothing. */
public final class RenameVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "rename",
            "CONTAINER NEW_NAME",
            "Rename a container",
            ArgumentCount.exactly(2),
            new FlagTable())
        .alsoCalled("container rename", "rename");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String container = line.argument(0).strip();
    String name = line.argument(1).strip();
    if (container.isEmpty() || name.isEmpty()) {
      throw new CommandFailure("Error: Neither old nor new names may be empty");
    }
    try {
      session.api().post(ContainerPaths.of(container, "rename").with("name", name));
      return 0;
    } catch (ApiException e) {
      session.console().error("Error response from daemon: " + e.getMessage());
      throw new CommandFailure("Error: failed to rename container named " + container);
    }
  }
}
