package io.jdocker.cli.compose.act;

import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.http.ApiException;
import io.jdocker.compose.order.StartOrder;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stops and removes containers, services that others need last. */
public final class Ending {
  private final Board board;
  private final Together together;
  private final String timeout;

  /** Prepares it; {@code timeout} in seconds, empty for each container's own. */
  public Ending(Board board, Together together, String timeout) {
    this.board = board;
    this.together = together;
    this.timeout = timeout;
  }

  /** Stops all of them. */
  public void stop(ProjectEngine engine, List<ServiceContainer> containers) throws IOException {
    inOrder(engine, containers, (own, container) -> stop(own, container));
  }

  /** Stops and removes all of them. */
  public void remove(ProjectEngine engine, List<ServiceContainer> containers, boolean withVolumes)
      throws IOException {
    inOrder(
        engine,
        containers,
        (own, container) -> {
          stop(own, container);
          board.container(container.name(), "Removing");
          forgiving(() -> own.remove(container.id(), withVolumes));
          board.container(container.name(), "Removed");
        });
  }

  private void stop(ProjectEngine engine, ServiceContainer container) throws IOException {
    board.container(container.name(), "Stopping");
    forgiving(() -> engine.stop(container.id(), timeout));
    board.container(container.name(), "Stopped");
  }

  private interface Call {
    void run() throws IOException;
  }

  /** What is gone already needs no end. */
  private static void forgiving(Call call) throws IOException {
    try {
      call.run();
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private interface Act {
    void on(ProjectEngine engine, ServiceContainer container) throws IOException;
  }

  private void inOrder(ProjectEngine engine, List<ServiceContainer> containers, Act act)
      throws IOException {
    Map<String, ServiceContainer> byName = new LinkedHashMap<>();
    containers.forEach(container -> byName.put(container.name(), container));
    together.run(
        order(containers),
        name -> {
          try (ProjectEngine own = engine.another()) {
            act.on(own, byName.get(name));
          }
        });
  }

  /** By the labels of the containers: it holds without the files too. */
  private static StartOrder order(Collection<ServiceContainer> containers) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (ServiceContainer container : containers) {
      needs.put(container.name(), new LinkedHashSet<>());
    }
    for (ServiceContainer needy : containers) {
      for (String needed : DependsOnLabel.services(needy)) {
        for (ServiceContainer other : containers) {
          if (other.service().equals(needed) && !other.name().equals(needy.name())) {
            needs.get(other.name()).add(needy.name());
          }
        }
      }
    }
    return StartOrder.of(needs);
  }
}
