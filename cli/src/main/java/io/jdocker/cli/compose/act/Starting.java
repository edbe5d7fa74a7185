package io.jdocker.cli.compose.act;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.compose.model.Dependency;
import io.jdocker.compose.model.Project;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Starts the containers of services, each when what it depends on is ready. */
public final class Starting {
  private final Project project;
  private final Board board;
  private final Set<String> among;

  /**
   * Prepares it.
   *
   * @param among the services that take part: others are not waited for
   */
  public Starting(Undertaking undertaking, Set<String> among) {
    this.project = undertaking.project();
    this.board = undertaking.board();
    this.among = among;
  }

  /** Waits for what the service needs, then starts what of it is not running. */
  public void service(ProjectEngine engine, String name) throws IOException {
    awaitDependencies(engine, name);
    for (ServiceContainer container : engine.of(name)) {
      if (!container.isRunning()) {
        board.container(container.name(), "Starting");
        engine.post(container.id(), "start");
        board.container(container.name(), "Started");
      }
    }
  }

  /** Waits for what the service needs. */
  public void awaitDependencies(ProjectEngine engine, String name) throws IOException {
    Map<String, Dependency> needed = project.services().get(name).dependsOn();
    for (Map.Entry<String, Dependency> entry : needed.entrySet()) {
      if (among.contains(entry.getKey())) {
        await(engine, entry.getKey(), entry.getValue());
      }
    }
  }

  private void await(ProjectEngine engine, String needed, Dependency dependency)
      throws IOException {
    try {
      new Waiting(board).until(engine, needed, dependency.condition());
    } catch (CommandFailure e) {
      if (dependency.required()) {
        throw e;
      }
      board.warning("optional dependency \"" + needed + "\" failed: " + e.getMessage());
    }
  }
}
