package io.jdocker.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A container's life through docker-java; the other endpoints are in {@link DockerJavaNightlyIT}.
 */
@ExtendWith(DaemonExtension.class)
class DockerJavaIT {
  /** Puts frames together. */
  static final class Text extends ResultCallback.Adapter<Frame> {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void onNext(Frame frame) {
      text.append(frame.getStreamType()).append(' ');
      text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }

    String all() throws InterruptedException {
      assertTrue(awaitCompletion(60, TimeUnit.SECONDS));
      return text.toString();
    }
  }

  @Test
  void aContainerIsCreatedStartedWaitedForReadAndRemoved(DaemonUnderTest daemon)
      throws IOException, InterruptedException {
    try (DockerClient docker = daemon.client()) {
      docker.pingCmd().exec();
      String id =
          docker
              .createContainerCmd("busybox")
              .withName("dj")
              .withCmd("sh", "-c", "echo out; exit 4")
              .withEnv("K=V")
              .withLabels(Map.of("a", "b"))
              .exec()
              .getId();
      docker.startContainerCmd(id).exec();
      assertEquals(4, docker.waitContainerCmd(id).start().awaitStatusCode(60, TimeUnit.SECONDS));
      assertEquals(
          "STDOUT out\n",
          docker.logContainerCmd("dj").withStdOut(true).withStdErr(true).exec(new Text()).all());
      InspectContainerResponse inspected = docker.inspectContainerCmd("dj").exec();
      assertEquals(id, inspected.getId());
      assertEquals(4L, inspected.getState().getExitCodeLong());
      assertEquals("b", inspected.getConfig().getLabels().get("a"));
      assertThrows(NotModifiedException.class, () -> docker.stopContainerCmd(id).exec());
      assertThrows(
          ConflictException.class,
          () -> docker.createContainerCmd("busybox").withName("dj").exec());
      docker.removeContainerCmd(id).exec();
      assertThrows(NotFoundException.class, () -> docker.inspectContainerCmd("dj").exec());
    }
  }
}
