package io.jdocker.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.ContainerRequest;
import io.jdocker.engine.Readiness;
import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.junit.Jdocker;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The cache's client against a server of a few lines of shell: what needs no network. */
@Jdocker
class TotalCacheIT {
  /** Answers the lines of one connection after another with what the test says. */
  private static Container server(ContainerEngine engine, String answer) {
    String script = "while :; do printf '" + answer + "' | nc -l -p 6379 >/requests; done";
    return engine
        .containers()
        .start(ContainerRequest.image("busybox").command("sh", "-c", script).port(6379).build())
        .await(Readiness.listening(6379));
  }

  @BeforeAll
  static void image(ContainerEngine engine) {
    EngineRoom.importBusybox(engine);
  }

  private static TotalCache connect(Container server) throws IOException {
    return new TotalCache(server.host(), server.mappedPort(6379));
  }

  @Test
  void aValueIsRead(ContainerEngine engine) throws IOException {
    try (Container server = server(engine, "$3\\r\\n750\\r\\n");
        TotalCache cache = connect(server)) {
      assertEquals(OptionalLong.of(750), cache.total("ada"));
    }
  }

  @Test
  void noValueIsNone(ContainerEngine engine) throws IOException {
    try (Container server = server(engine, "$-1\\r\\n");
        TotalCache cache = connect(server)) {
      assertEquals(OptionalLong.empty(), cache.total("ada"));
    }
  }

  @Test
  void anErrorOfTheServerIsTold(ContainerEngine engine) throws IOException {
    try (Container server = server(engine, "-ERR no memory\\r\\n");
        TotalCache cache = connect(server)) {
      IOException told = assertThrows(IOException.class, () -> cache.put("ada", 1));
      assertEquals("the cache answered -ERR no memory", told.getMessage());
    }
  }
}
