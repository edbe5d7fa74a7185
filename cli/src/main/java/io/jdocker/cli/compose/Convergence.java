package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.act.ContainerLabels;
import io.jdocker.cli.compose.act.Creation;
import io.jdocker.cli.compose.act.Ending;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.compose.act.Surroundings;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Brings everything but the processes to what the files say: images, networks, containers. */
final class Convergence {
  private final Composition composition;
  private final Creation.Wishes wishes;

  Convergence(Composition composition, Creation.Wishes wishes) {
    this.composition = composition;
    this.wishes = wishes;
    for (String name : wishes.scale().keySet()) {
      if (!composition.project().services().containsKey(name)) {
        throw new CommandFailure("no such service: " + name);
      }
    }
  }

  void create(
      ProjectEngine engine,
      Set<String> services,
      Images.Wishes images,
      boolean removesOrphans,
      String timeout)
      throws IOException {
    new Images(composition.session(), composition.project(), composition.board())
        .ensure(engine, services, images);
    new Surroundings(composition.undertaking()).ensure(engine, services);
    orphans(engine, removesOrphans, timeout);
    ContainerLabels labels =
        new ContainerLabels(composition.project(), composition.options().environmentFiles());
    Creation creation = new Creation(composition.undertaking(), labels, wishes);
    composition
        .together()
        .run(
            composition.order(services),
            name -> {
              try (ProjectEngine own = engine.another()) {
                creation.service(own, name);
              }
            });
  }

  private void orphans(ProjectEngine engine, boolean remove, String timeout) throws IOException {
    List<ServiceContainer> orphans = composition.orphans(engine.all());
    if (orphans.isEmpty()) {
      return;
    }
    if (remove) {
      new Ending(composition.board(), composition.together(), timeout)
          .remove(engine, orphans, false);
      return;
    }
    List<String> names = orphans.stream().map(ServiceContainer::name).toList();
    boolean isWanted =
        composition.session().environment("COMPOSE_IGNORE_ORPHANS").orElse("").matches("1|true");
    if (!isWanted) {
      composition
          .board()
          .warning(
              "Found orphan containers (["
                  + String.join(" ", names)
                  + "]) for this project. If you removed or renamed this service in your compose"
                  + " file, you can run this command with the --remove-orphans flag to clean it"
                  + " up.");
    }
  }
}
