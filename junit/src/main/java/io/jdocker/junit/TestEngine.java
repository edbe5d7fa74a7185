package io.jdocker.junit;

import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.EngineSettings;
import io.jdocker.engine.Lifetime;
import io.jdocker.linux.failure.Conflict;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The engine of this JVM's tests, for as long as they run. */
@SuppressWarnings("deprecation") // JUnit 5.13 names another interface, which 5.12 does not know
final class TestEngine implements CloseableResource {
  private static final int MOST = 256;

  private final ContainerEngine engine;

  private TestEngine(ContainerEngine engine) {
    this.engine = engine;
  }

  /** Opens one on the first root below the folder that no other JVM uses. */
  static TestEngine open(Path folder) {
    for (int number = 0; ; number++) {
      try {
        return new TestEngine(ContainerEngine.open(settings(folder.resolve("" + number))));
      } catch (Conflict e) {
        if (number == MOST) {
          throw e;
        }
      }
    }
  }

  private static EngineSettings settings(Path root) {
    String mark = Integer.toHexString(root.toAbsolutePath().toString().hashCode());
    return EngineSettings.of(root)
        .withLifetime(Lifetime.PROCESS)
        .withCgroupParent("/jdocker-junit-" + mark)
        .withBridge("jd" + mark);
  }

  ContainerEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }
}
