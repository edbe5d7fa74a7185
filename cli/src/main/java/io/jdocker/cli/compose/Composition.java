package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.compose.act.Together;
import io.jdocker.cli.compose.act.Undertaking;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.compose.load.ProjectLoader;
import io.jdocker.compose.load.ProjectSource;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.order.StartOrder;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A project as its files describe it and the engine that is to run it: what verbs work with. */
final class Composition {
  /** Exit codes of docker compose: a file that is not there, a file that is wrong. */
  static final int FILE_NOT_FOUND = 14;

  static final int WRONG_FILE = 15;

  private final Session session;
  private final ComposeOptions options;
  private final Project project;
  private final Board board;

  private Composition(Session session, ComposeOptions options, Project project) {
    this.session = session;
    this.options = options;
    this.project = project;
    this.board = new Board(session.console(), options.isQuiet());
  }

  /**
   * Reads the project.
   *
   * @param services named on the command line: each must be there
   */
  static Composition open(Session session, ComposeOptions options, List<String> services) {
    ProjectSource source = options.source(session, services);
    Project project = loading(() -> ProjectLoader.load(source));
    Composition composition = new Composition(session, options, project);
    project.warnings().forEach(composition.board::warning);
    for (String service : services) {
      if (!project.services().containsKey(service)) {
        throw new CommandFailure("no such service: " + service);
      }
    }
    return composition;
  }

  /** The project's name, for verbs that find all else by the labels of containers. */
  static String name(Session session, ComposeOptions options) {
    return loading(() -> ProjectLoader.name(options.source(session, List.of())));
  }

  private interface Loading<T> {
    T load();
  }

  private static <T> T loading(Loading<T> loading) {
    try {
      return loading.load();
    } catch (InvalidArgument e) {
      throw new CommandFailure(e.getMessage(), WRONG_FILE);
    } catch (NotFound e) {
      throw new CommandFailure(e.getMessage(), FILE_NOT_FOUND);
    }
  }

  Session session() {
    return session;
  }

  ComposeOptions options() {
    return options;
  }

  Project project() {
    return project;
  }

  Board board() {
    return board;
  }

  /** What the acts on it need. */
  Undertaking undertaking() {
    return new Undertaking(session, project, board);
  }

  ProjectEngine engine() throws IOException {
    return new ProjectEngine(session.api(), project.name());
  }

  Together together() {
    return new Together(options.parallel(session.environment()));
  }

  Service service(String name) {
    return project.services().get(name);
  }

  /** Which service waits for which. */
  StartOrder order() {
    return order(project.services().keySet());
  }

  /** The same of some services alone. */
  StartOrder order(Collection<String> names) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (String name : names) {
      needs.put(name, project.services().get(name).dependsOn().keySet());
    }
    return StartOrder.of(needs);
  }

  /** The services named, all when none is, with what they need. */
  Set<String> wanted(List<String> named, boolean withDependencies) {
    Set<String> all = project.services().keySet();
    if (named.isEmpty()) {
      return all;
    }
    return withDependencies ? order().closure(named) : new LinkedHashSet<>(named);
  }

  /** Containers whose service the project does not have. */
  List<ServiceContainer> orphans(List<ServiceContainer> containers) {
    List<ServiceContainer> orphans = new ArrayList<>();
    for (ServiceContainer container : containers) {
      boolean isKnown =
          project.services().containsKey(container.service())
              || project.disabled().contains(container.service());
      if (!container.oneOff() && !isKnown) {
        orphans.add(container);
      }
    }
    return orphans;
  }
}
