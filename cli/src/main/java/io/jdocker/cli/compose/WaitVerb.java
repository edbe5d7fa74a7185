package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code jdocker compose wait}: until the first of the containers has ended. */
record WaitVerb(ComposeOptions options) implements Verb {
  private record End(ServiceContainer container, int code, String failure) {}

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose wait",
        "SERVICE [SERVICE...] [OPTIONS]",
        "Block until containers of all (or specified) services stop.",
        ArgumentCount.atLeast(1),
        new FlagTable()
            .add(FlagKind.BOOL, "down-project", "Drops project when the first container stops"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    ProjectEngine engine = known.engine(session);
    Map<String, ServiceContainer> containers = new LinkedHashMap<>();
    for (ServiceContainer container : known.containers(engine, line.arguments(), false)) {
      containers.put(container.name(), container);
    }
    if (containers.isEmpty()) {
      throw new CommandFailure("no containers for project \"" + known.name() + "\"");
    }
    LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();
    for (ServiceContainer container : containers.values()) {
      Thread thread = new Thread(() -> ends.add(end(engine, container)), container.name());
      thread.setDaemon(true);
      thread.start();
    }
    End first = take(ends);
    if (!first.failure().isEmpty()) {
      throw new CommandFailure(first.failure());
    }
    session
        .console()
        .printLine(
            "container \"" + first.container().name() + "\" exited with code " + first.code());
    if (line.isSet("down-project")) {
      io.jdocker.cli.compose.act.Delegation.run(new DownVerb(options), session, List.of());
    }
    return first.code();
  }

  private static End end(ProjectEngine engine, ServiceContainer container) {
    try (ProjectEngine own = engine.another()) {
      ApiObject answer =
          ApiObject.of(own.api().post(Query.of("/containers/", container.id(), "/wait")));
      return new End(container, Math.toIntExact(answer.number("StatusCode")), "");
    } catch (IOException | RuntimeException e) {
      return new End(container, 1, container.name() + ": " + e.getMessage());
    }
  }

  private static End take(LinkedBlockingQueue<End> ends) {
    try {
      return ends.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }
}
