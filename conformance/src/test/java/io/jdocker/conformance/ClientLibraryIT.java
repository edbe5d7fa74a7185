package io.jdocker.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** Testcontainers' bread and butter; the rest of it is in {@link ClientLibraryNightlyIT}. */
@ExtendWith(DaemonExtension.class)
class ClientLibraryIT {
  @Test
  void aServerIsStartedAskedAndStopped() throws Exception {
    try (GenericContainer<?> server =
        new GenericContainer<>(DockerImageName.parse("busybox:latest"))
            .withCopyToContainer(Transferable.of("from the test"), "/www/note")
            .withCommand("httpd", "-f", "-v", "-p", "8080", "-h", "/www")
            .withExposedPorts(8080)) {
      server.start();
      HttpURLConnection note =
          (HttpURLConnection)
              URI.create("http://" + server.getHost() + ":" + server.getMappedPort(8080) + "/note")
                  .toURL()
                  .openConnection();
      assertEquals(
          "from the test",
          new String(note.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      ExecResult result = server.execInContainer("sh", "-c", "echo out; echo err >&2; exit 3");
      assertEquals(3, result.getExitCode());
      assertEquals("out\n", result.getStdout());
      assertEquals("err\n", result.getStderr());
      WaitingConsumer log = new WaitingConsumer();
      server.followOutput(log);
      log.waitUntil(frame -> frame.getUtf8String().contains("response:200"), 60, TimeUnit.SECONDS);
    }
  }
}
