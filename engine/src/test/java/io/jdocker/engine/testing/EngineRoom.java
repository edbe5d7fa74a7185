package io.jdocker.engine.testing;

import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.EngineSettings;
import io.jdocker.engine.Lifetime;
import io.jdocker.images.testing.BusyboxImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A root and an engine on it, with an image {@code busybox}, for one test class. Close ends the
 * engine and deletes the root, which fails where something is still mounted there.
 */
public final class EngineRoom implements AutoCloseable {
  private final EngineSettings settings;
  private ContainerEngine engine;

  private EngineRoom(EngineSettings settings) {
    this.settings = settings;
    this.engine = ContainerEngine.open(settings);
  }

  /** Opens an engine whose containers end with it. */
  public static EngineRoom open() throws IOException {
    return open(Lifetime.PROCESS);
  }

  public static EngineRoom open(Lifetime lifetime) throws IOException {
    EngineRoom room = new EngineRoom(settings().withLifetime(lifetime));
    importBusybox(room.engine);
    return room;
  }

  /** Settings with a root, a control group and a bridge of their own. */
  public static EngineSettings settings() throws IOException {
    Path root = Files.createTempDirectory("jdocker-it");
    String name = root.getFileName().toString();
    return EngineSettings.of(root)
        .withCgroupParent("/jdocker-test-" + name)
        .withBridge("jd" + Integer.toHexString(name.hashCode()));
  }

  /** Gives an engine the image {@code busybox}. */
  public static void importBusybox(ContainerEngine engine) {
    engine
        .images()
        .importRoot("busybox:latest", new ByteArrayInputStream(BusyboxImage.tar()), "CMD [\"sh\"]");
  }

  public ContainerEngine engine() {
    return engine;
  }

  public EngineSettings settingsInUse() {
    return settings;
  }

  /** Closes the engine and opens another one on the same root. */
  public ContainerEngine reopen() {
    engine.close();
    engine = ContainerEngine.open(settings);
    return engine;
  }

  @Override
  public void close() throws IOException {
    engine.containers().list().forEach(io.jdocker.engine.Container::close);
    engine.close();
    delete(settings.root());
  }

  /** Deletes a root that nobody uses. */
  public static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
