package io.jdocker.daemon.containers;

import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.http.Router;
import io.jdocker.daemon.stats.StatsEndpoint;
import io.jdocker.runtime.Engine;
import java.util.function.Supplier;

/** The endpoints for containers. */
public final class ContainerRoutes {
  private final Supplier<Engine> engine;
  private final LiveSettings settings;

  public ContainerRoutes(Supplier<Engine> engine, LiveSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  /** Adds them. */
  public void addTo(Router router) {
    ContainerVerbs verbs = new ContainerVerbs(engine);
    addFiles(router);
    router
        .add("POST", "/containers/create", new CreateContainerEndpoint(engine, settings))
        .add("GET", "/containers/json", new ListContainersEndpoint(engine))
        .add("POST", "/containers/prune", new PruneContainersEndpoint(engine))
        .add("GET", "/containers/{id}/json", new InspectContainerEndpoint(engine))
        .add("POST", "/containers/{id}/start", verbs::start)
        .add("POST", "/containers/{id}/stop", verbs::stop)
        .add("POST", "/containers/{id}/restart", verbs::restart)
        .add("POST", "/containers/{id}/kill", verbs::kill)
        .add("POST", "/containers/{id}/pause", verbs::pause)
        .add("POST", "/containers/{id}/unpause", verbs::unpause)
        .add("POST", "/containers/{id}/rename", verbs::rename)
        .add("POST", "/containers/{id}/update", new UpdateContainerEndpoint(engine))
        .add("GET", "/containers/{id}/stats", new StatsEndpoint(engine))
        .add("POST", "/containers/{id}/resize", verbs::resize)
        .add("DELETE", "/containers/{id}", verbs::remove)
        .add("POST", "/containers/{id}/wait", new WaitEndpoint(engine))
        .add("POST", "/containers/{id}/attach", new AttachEndpoint(engine))
        .add("GET", "/containers/{id}/logs", new LogsEndpoint(engine))
        .add("GET", "/containers/{id}/top", new TopEndpoint(engine))
        .add("GET", "/jdocker/containers/{id}/explain", new ExplainEndpoint(engine));
  }

  private void addFiles(Router router) {
    ArchiveEndpoint archive = new ArchiveEndpoint(engine);
    FileEndpoints files = new FileEndpoints(engine);
    router
        .add("HEAD", "/containers/{id}/archive", archive::stat)
        .add("GET", "/containers/{id}/archive", archive::copyOut)
        .add("PUT", "/containers/{id}/archive", archive::copyIn)
        .add("GET", "/containers/{id}/changes", files::changes)
        .add("GET", "/containers/{id}/export", files::export)
        .add("POST", "/commit", files::commit);
  }
}
