package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.compose.act.Removal.Kept;
import io.jdocker.cli.compose.act.Together;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.compose.request.Names;
import io.jdocker.compose.model.NetworkSpec;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.model.VolumeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A project that is in the engine already: by its files, or, with a name given and no file there,
 * by the labels of its containers alone.
 */
final class Known {
  private final String name;
  private final Optional<Composition> composition;
  private final ComposeOptions options;
  private final Board board;

  private Known(
      String name, Optional<Composition> composition, ComposeOptions options, Board board) {
    this.name = name;
    this.composition = composition;
    this.options = options;
    this.board = board;
  }

  /** Finds it. */
  static Known of(Session session, ComposeOptions options, List<String> services) {
    try {
      Composition composition = Composition.open(session, options, services);
      return new Known(
          composition.project().name(), Optional.of(composition), options, composition.board());
    } catch (CommandFailure e) {
      if (e.exitCode() != Composition.FILE_NOT_FOUND || !options.files().isEmpty()) {
        throw e;
      }
      String given =
          options.projectName().isEmpty()
              ? session.environment("COMPOSE_PROJECT_NAME").orElse("")
              : options.projectName();
      if (given.isEmpty()) {
        throw e;
      }
      Board board = new Board(session.console(), options.isQuiet());
      return new Known(Composition.name(session, options), Optional.empty(), options, board);
    }
  }

  String name() {
    return name;
  }

  Board board() {
    return board;
  }

  Optional<Composition> composition() {
    return composition;
  }

  ProjectEngine engine(Session session) throws IOException {
    return new ProjectEngine(session.api(), name);
  }

  Together together(Session session) {
    return new Together(options.parallel(session.environment()));
  }

  /** What is done with one container, over a connection of its own. */
  interface Act {
    void on(ProjectEngine engine, ServiceContainer container) throws IOException;
  }

  /**
   * Does something with containers of the services named, of all when none is, side by side.
   *
   * @param which those of them that it is done with
   */
  void withEach(Session session, List<String> services, Predicate<ServiceContainer> which, Act act)
      throws IOException {
    ProjectEngine engine = engine(session);
    Map<String, ServiceContainer> chosen = new LinkedHashMap<>();
    for (ServiceContainer container : containers(engine, services, false)) {
      if (which.test(container)) {
        chosen.put(container.name(), container);
      }
    }
    together(session)
        .each(
            chosen.keySet(),
            one -> {
              try (ProjectEngine own = engine.another()) {
                act.on(own, chosen.get(one));
              }
            });
  }

  /** True for a container of a service that the files do not have. */
  boolean isOrphan(ServiceContainer container) {
    return composition.isPresent() && !composition.get().orphans(List.of(container)).isEmpty();
  }

  /**
   * Containers of the services named, of all when none is.
   *
   * @param services each must have a container or stand in the files
   */
  List<ServiceContainer> containers(ProjectEngine engine, List<String> services, boolean all)
      throws IOException {
    List<ServiceContainer> chosen = new ArrayList<>();
    List<ServiceContainer> there = all ? engine.all() : engine.ofServices();
    for (ServiceContainer container : there) {
      if (services.isEmpty() || services.contains(container.service())) {
        chosen.add(container);
      }
    }
    for (String service : services) {
      boolean isThere = there.stream().anyMatch(c -> c.service().equals(service));
      if (!isThere && composition.isEmpty()) {
        throw new CommandFailure("no such service: " + service);
      }
    }
    return chosen;
  }

  /**
   * Images of the services of containers.
   *
   * @param builtOnly true: those without a name of their own
   */
  Set<String> images(List<ServiceContainer> containers, boolean builtOnly) {
    Set<String> images = new LinkedHashSet<>();
    for (ServiceContainer container : containers) {
      if (container.image().equals(name + "-" + container.service()) || !builtOnly) {
        images.add(container.image());
      }
    }
    if (composition.isPresent()) {
      for (Service service : composition.get().project().services().values()) {
        if (service.origin().image().isEmpty() || !builtOnly) {
          images.add(Names.image(composition.get().project(), service));
        }
      }
    }
    return images;
  }

  Kept networks() {
    Set<String> declared = new LinkedHashSet<>();
    Set<String> external = new LinkedHashSet<>();
    if (composition.isPresent()) {
      for (NetworkSpec network : composition.get().project().networks().values()) {
        (network.external() ? external : declared).add(network.name());
      }
    }
    return new Kept(declared, external);
  }

  Kept volumes() {
    Set<String> declared = new LinkedHashSet<>();
    Set<String> external = new LinkedHashSet<>();
    if (composition.isPresent()) {
      for (VolumeSpec volume : composition.get().project().volumes().values()) {
        (volume.external() ? external : declared).add(volume.name());
      }
    }
    return new Kept(declared, external);
  }
}
