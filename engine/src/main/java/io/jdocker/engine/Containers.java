package io.jdocker.engine;

import io.jdocker.runtime.Engine;
import java.util.List;
import java.util.Optional;

/**
 * The containers of an engine. One is named by its id, its name, or a prefix of its id that no
 * other shares. Thread-safe.
 */
public final class Containers {
  private final Engine engine;

  Containers(Engine engine) {
    this.engine = engine;
  }

  /**
   * Creates one.
   *
   * @throws io.jdocker.linux.failure.NotFound when its image is not in the engine: pull it first
   * @throws io.jdocker.linux.failure.InvalidArgument for a wish that can be none
   * @throws io.jdocker.linux.failure.Conflict when its name is taken
   */
  public Container create(ContainerRequest request) {
    return handle(engine.containers().create(request.name(), request.spec()));
  }

  /** Creates one and starts it; where the start fails, nothing is left of it. */
  public Container start(ContainerRequest request) {
    Container container = create(request);
    try {
      container.start();
      return container;
    } catch (RuntimeException e) {
      discard(container, e);
      throw e;
    }
  }

  /** Runs one to its end, and removes it. */
  public ProcessResult run(ContainerRequest request) {
    try (Container container = create(request);
        AttachedProcess process = container.attach()) {
      container.start();
      return process.result(container.exit());
    }
  }

  private static void discard(Container container, RuntimeException cause) {
    try {
      container.close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * One that is there.
   *
   * @throws io.jdocker.linux.failure.NotFound when there is none
   */
  public Container get(String reference) {
    return handle(engine.containers().get(reference));
  }

  public Optional<Container> find(String reference) {
    return engine.containers().find(reference).map(this::handle);
  }

  /** Every one, running or not. */
  public List<Container> list() {
    return engine.containers().list().stream().map(this::handle).toList();
  }

  private Container handle(io.jdocker.runtime.container.Container container) {
    return new Container(engine, container.id().hex());
  }
}
