package io.jdocker.conformance;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.EngineSettings;
import io.jdocker.engine.testing.EngineRoom;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The daemon as a process, with an image {@code busybox:latest}, where DOCKER_HOST says that it is.
 * Stop ends it and fails where it complained, or left anything below its root mounted.
 */
final class DaemonUnderTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final String SCHEME = "unix://";

  private final Path root;
  private final Path socket;
  private final Process process;

  private DaemonUnderTest(Path root, Path socket, Process process) {
    this.root = root;
    this.socket = socket;
    this.process = process;
  }

  static DaemonUnderTest start() throws IOException, InterruptedException {
    String host = System.getenv("DOCKER_HOST");
    if (host == null || !host.startsWith(SCHEME)) {
      throw new IllegalStateException("DOCKER_HOST must be " + SCHEME + "PATH, it is " + host);
    }
    Path socket = Path.of(host.substring(SCHEME.length()));
    Path root = Files.createTempDirectory("jdocker-it");
    Files.createDirectories(socket.getParent());
    Files.deleteIfExists(socket);
    Files.createSymbolicLink(socket, root.resolve("jdocker.sock"));
    String group = "/jdocker-test-" + root.getFileName();
    try (ContainerEngine engine =
        ContainerEngine.open(EngineSettings.of(root).withCgroupParent(group))) {
      EngineRoom.importBusybox(engine);
      // Testcontainers runs this to see whether folders of the host can be mounted.
      engine.images().tag("busybox", "alpine:3.17");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "io.jdocker.daemon.DaemonMain",
            "--root",
            root.toString(),
            "--cgroup-parent",
            group);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectErrorStream(true).redirectOutput(root.resolve("daemon.out").toFile());
    DaemonUnderTest daemon = new DaemonUnderTest(root, socket, builder.start());
    daemon.awaitSocket();
    return daemon;
  }

  private void awaitSocket() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(socket)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError("the daemon does not start: " + output());
      }
      Thread.sleep(10);
    }
  }

  /** docker-java on the zerodep transport, as its own documentation sets it up. */
  DockerClient client() {
    URI address = URI.create(SCHEME + socket);
    return DockerClientImpl.getInstance(
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(address.toString())
            .build(),
        new ZerodepDockerHttpClient.Builder().dockerHost(address).build());
  }

  private String output() throws IOException {
    return Files.readString(root.resolve("daemon.out"));
  }

  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the daemon does not end: " + output());
    }
    Files.deleteIfExists(socket);
    String said = output();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    if (!said.isEmpty()) {
      throw new AssertionError("the daemon complained: " + said);
    }
  }
}
