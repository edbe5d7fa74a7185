package io.jdocker.cli.compose.act;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.compose.model.Dependency;
import java.io.IOException;
import java.time.Duration;

/** Waits until containers are what others need them to be. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Board board;
  private final long deadline;

  /** Waits as long as it takes. */
  public Waiting(Board board) {
    this(board, Duration.ZERO);
  }

  /** Waits at most so long; zero for no limit. */
  public Waiting(Board board, Duration most) {
    this.board = board;
    this.deadline = most.isZero() ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
  }

  /** Waits until a service's containers fulfil a condition that somebody else put on it. */
  public void until(ProjectEngine engine, String service, Dependency.Condition condition)
      throws IOException {
    for (ServiceContainer container : engine.of(service)) {
      switch (condition) {
        case STARTED -> {
          // Its start was waited for before.
        }
        case HEALTHY -> healthy(engine, container, true);
        case COMPLETED -> completed(engine, container);
      }
    }
  }

  /**
   * Waits until a container is healthy.
   *
   * @param needsProbe false: one without a probe is good when it runs
   */
  public void healthy(ProjectEngine engine, ServiceContainer container, boolean needsProbe)
      throws IOException {
    board.container(container.name(), "Waiting");
    while (true) {
      ApiObject state = engine.inspect(container.id()).object("State");
      String health = state.object("Health").text("Status");
      boolean hasProbe = !health.isEmpty() && !health.equals("none");
      if (!hasProbe && needsProbe) {
        board.container(container.name(), "Error");
        throw failed("container " + container.name() + " has no healthcheck configured");
      }
      String status = state.text("Status");
      if (status.equals("exited") || status.equals("dead")) {
        board.container(container.name(), "Error");
        throw failed(
            "container " + container.name() + " exited (" + state.number("ExitCode") + ")");
      }
      if (health.equals("unhealthy")) {
        board.container(container.name(), "Error");
        throw failed("container " + container.name() + " is unhealthy");
      }
      if (health.equals("healthy") || (!hasProbe && status.equals("running"))) {
        board.container(container.name(), "Healthy");
        return;
      }
      pause(container);
    }
  }

  private void completed(ProjectEngine engine, ServiceContainer container) throws IOException {
    board.container(container.name(), "Waiting");
    while (true) {
      ApiObject state = engine.inspect(container.id()).object("State");
      if (state.text("Status").equals("exited")) {
        long code = state.number("ExitCode");
        if (code != 0) {
          board.container(container.name(), "Error");
          throw new CommandFailure(
              "service \"" + container.service() + "\" didn't complete successfully: exit " + code);
        }
        board.container(container.name(), "Exited");
        return;
      }
      pause(container);
    }
  }

  private static CommandFailure failed(String what) {
    return new CommandFailure("dependency failed to start: " + what);
  }

  private void pause(ServiceContainer container) {
    if (System.nanoTime() - deadline >= 0 && deadline != Long.MAX_VALUE) {
      throw new CommandFailure("timeout waiting for dependencies: " + container.name());
    }
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting for " + container.name());
    }
  }
}
