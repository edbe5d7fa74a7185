package io.jdocker.cli.container;

import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.UpdateRequest;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker update}: prints each container that was changed. */
public final class UpdateVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "update",
            "[OPTIONS] CONTAINER [CONTAINER...]",
            "Update configuration of one or more containers",
            ArgumentCount.atLeast(1),
            UpdateRequest.flags())
        .alsoCalled("container update", "update");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    if (UpdateRequest.flags().flags().stream().noneMatch(flag -> line.has(flag.name()))) {
      throw new CommandFailure("you must provide one or more flags when using this command");
    }
    JsonObject request = UpdateRequest.of(line);
    return new EachTarget(session)
        .silently(line.arguments(), container -> update(session, container, request))
        .exitCode();
  }

  private static void update(Session session, String container, JsonObject request)
      throws IOException {
    ApiObject answer =
        ApiObject.of(session.api().post(ContainerPaths.of(container, "update"), request));
    session.console().printLine(container);
    for (String warning : answer.texts("Warnings")) {
      session.console().printLine(warning);
    }
  }
}
