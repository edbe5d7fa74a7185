package io.jdocker.cli.compose.act;

import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.compose.request.ConfigHash;
import io.jdocker.cli.compose.request.CopiedFiles;
import io.jdocker.cli.compose.request.CreateDocument;
import io.jdocker.cli.compose.request.Names;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.compose.model.Dependency;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings the containers of services to what the files say: as many as asked for, those that differ
 * made anew, the rest left as they are. One object an invocation; each service on its own thread.
 */
public final class Creation {
  /** When a container that is there is made anew. */
  public enum Recreate {
    WHEN_CHANGED,
    ALWAYS,
    NEVER
  }

  /**
   * How the caller wants it.
   *
   * @param scale containers of a service, where the caller says another number than the file
   * @param timeout seconds for a stop, empty for the container's own
   * @param renewVolumes true: volumes without a name are not handed on
   */
  public record Wishes(
      Recreate services,
      Recreate dependencies,
      Map<String, Integer> scale,
      String timeout,
      boolean renewVolumes,
      Set<String> named) {}

  private final Project project;
  private final Board board;
  private final Wishes wishes;
  private final ContainerLabels labels;
  private final Set<String> renewed = ConcurrentHashMap.newKeySet();

  public Creation(Undertaking undertaking, ContainerLabels labels, Wishes wishes) {
    this.project = undertaking.project();
    this.board = undertaking.board();
    this.labels = labels;
    this.wishes = wishes;
  }

  /** Does it for one service; those it needs must be done. */
  public void service(ProjectEngine engine, String name) throws IOException {
    Service service = project.services().get(name);
    int wanted = wishes.scale().getOrDefault(name, service.lifecycle().replicas());
    if (wanted > 1 && !service.identity().containerName().isEmpty()) {
      throw new io.jdocker.cli.CommandFailure(
          "services."
              + name
              + ": can't set container_name and scale to "
              + wanted
              + ": a name is one container's");
    }
    List<ServiceContainer> there = new ArrayList<>(engine.of(name));
    there.sort(Comparator.comparingInt(ServiceContainer::number));
    String hash = ConfigHash.of(project, service);
    String imageId = Images.id(engine, Names.image(project, service));
    int highest = 0;
    for (int i = 0; i < there.size(); i++) {
      ServiceContainer container = there.get(i);
      if (i >= wanted) {
        end(engine, container);
        continue;
      }
      highest = Math.max(highest, container.number());
      if (mustRenew(service, container, hash, imageId)) {
        renew(engine, service, container, hash, imageId);
        renewed.add(name);
      } else {
        board.container(container.name(), container.isRunning() ? "Running" : "Created");
      }
    }
    for (int i = there.size(); i < wanted; i++) {
      int number = ++highest;
      String containerName = Names.container(project, service, number);
      board.container(containerName, "Creating");
      create(
          engine, service, containerName, number, labels(service, number, hash, imageId), Map.of());
      board.container(containerName, "Created");
    }
  }

  private Map<String, String> labels(Service service, int number, String hash, String imageId) {
    return labels.of(service, number, false, hash, imageId);
  }

  private void end(ProjectEngine engine, ServiceContainer container) throws IOException {
    board.container(container.name(), "Stopping");
    engine.stop(container.id(), wishes.timeout());
    board.container(container.name(), "Stopped");
    board.container(container.name(), "Removing");
    engine.remove(container.id(), false);
    board.container(container.name(), "Removed");
  }

  private boolean mustRenew(
      Service service, ServiceContainer container, String hash, String imageId) {
    boolean isNamed = wishes.named().isEmpty() || wishes.named().contains(service.name());
    return switch (isNamed ? wishes.services() : wishes.dependencies()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case WHEN_CHANGED ->
          !container.hash().equals(hash)
              || !container.labels().getOrDefault(Labels.IMAGE, imageId).equals(imageId)
              || sharesWithRenewed(service);
    };
  }

  /** A namespace of a container that is no more is gone with it. */
  private boolean sharesWithRenewed(Service service) {
    return Namespaces.sharedWith(service).stream().anyMatch(renewed::contains);
  }

  /**
   * A new container under a name of its own first: only when it is there is the old one removed and
   * the name handed over.
   */
  private void renew(
      ProjectEngine engine, Service service, ServiceContainer old, String hash, String imageId)
      throws IOException {
    board.container(old.name(), "Recreate");
    stopDependents(engine, service.name());
    String temporary = old.id().substring(0, 12) + "_" + old.name();
    Map<String, String> marks = labels(service, old.number(), hash, imageId);
    Map<String, String> inherited =
        wishes.renewVolumes() ? Map.of() : anonymousVolumes(engine.inspect(old.id()));
    String id = create(engine, service, temporary, old.number(), marks, inherited);
    engine.stop(old.id(), wishes.timeout());
    engine.remove(old.id(), false);
    engine
        .api()
        .post(
            Query.of("/containers/", id, "/rename")
                .with("name", Names.container(project, service, old.number())));
    board.container(old.name(), "Recreated");
  }

  /** Services that asked to be restarted with this one: the start that follows brings them back. */
  private void stopDependents(ProjectEngine engine, String service) throws IOException {
    for (Service other : project.services().values()) {
      Dependency dependency = other.dependsOn().get(service);
      if (dependency == null || !dependency.restart()) {
        continue;
      }
      for (ServiceContainer container : engine.of(other.name())) {
        if (container.isRunning()) {
          board.container(container.name(), "Stopping");
          engine.stop(container.id(), wishes.timeout());
          board.container(container.name(), "Stopped");
        }
      }
    }
  }

  private static Map<String, String> anonymousVolumes(ApiObject container) {
    Map<String, String> volumes = new LinkedHashMap<>();
    for (ApiObject mount : container.objects("Mounts")) {
      if (mount.text("Type").equals("volume") && mount.text("Name").matches("[0-9a-f]{64}")) {
        volumes.put(mount.text("Destination"), mount.text("Name"));
      }
    }
    return volumes;
  }

  private String create(
      ProjectEngine engine,
      Service service,
      String name,
      int number,
      Map<String, String> marks,
      Map<String, String> inherited)
      throws IOException {
    CreateDocument.Particulars particulars =
        new CreateDocument.Particulars(
            name,
            Names.container(project, service, number),
            marks,
            inherited,
            Namespaces.containers(engine, service),
            true,
            true);
    ApiObject created =
        engine.create(
            name,
            service.origin().platform(),
            new CreateDocument(project, service, particulars).build());
    created.texts("Warnings").forEach(board::warning);
    CopiedFiles.of(project, service).putInto(engine.api(), created.text("Id"));
    return created.text("Id");
  }
}
