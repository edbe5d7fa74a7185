package io.jdocker.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitAllStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** What else Testcontainers' core offers, each thing once. */
@Tag("nightly")
@ExtendWith(DaemonExtension.class)
class ClientLibraryNightlyIT {
  private static final DockerImageName BUSYBOX = DockerImageName.parse("busybox:latest");
  private static final String SERVER =
      "echo starting; httpd -p 8080 -h /www; echo up; exec sleep 600";

  @TempDir private Path folder;

  private static GenericContainer<?> shell(String script) {
    return new GenericContainer<>(BUSYBOX).withCommand("sh", "-c", script);
  }

  static Stream<WaitStrategy> strategies() {
    return Stream.of(
        Wait.forListeningPort(),
        Wait.forListeningPorts(8080),
        Wait.forLogMessage(".*up.*", 1),
        Wait.forLogMessage(".*(starting|up).*", 2),
        Wait.forHttp("/").forStatusCode(200).forResponsePredicate(body -> body.contains("works")),
        Wait.forHttp("/missing").forStatusCode(404),
        Wait.forSuccessfulCommand("wget -q -O /dev/null http://127.0.0.1:8080/"),
        Wait.forHealthcheck(),
        new WaitAllStrategy()
            .withStrategy(Wait.forListeningPort())
            .withStrategy(Wait.forLogMessage(".*up.*", 1)));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void isWaitedFor(WaitStrategy strategy) {
    try (GenericContainer<?> server =
        shell(SERVER)
            .withExposedPorts(8080)
            .withCreateContainerCmdModifier(
                create ->
                    create.withHealthcheck(
                        new com.github.dockerjava.api.model.HealthCheck()
                            .withTest(
                                List.of(
                                    "CMD",
                                    "wget",
                                    "-q",
                                    "-O",
                                    "/dev/null",
                                    "http://127.0.0.1:8080/"))
                            .withInterval(TimeUnit.MILLISECONDS.toNanos(200))))
            .waitingFor(strategy)) {
      server.start();
      assertTrue(server.isRunning());
    }
  }

  @Test
  void oneThatIsNeverReadyIsToldWithItsLog() {
    try (GenericContainer<?> server =
        shell("echo broken; sleep 600")
            .waitingFor(
                Wait.forLogMessage(".*never.*", 1).withStartupTimeout(Duration.ofSeconds(2)))) {
      assertThrows(ContainerLaunchException.class, server::start);
    }
  }

  @Test
  void oneThatEndsAtOnceIsNotStarted() {
    try (GenericContainer<?> server = shell("exit 3").withExposedPorts(80)) {
      assertThrows(ContainerLaunchException.class, server::start);
    }
  }

  @Test
  void aTaskIsWaitedForToItsEnd() {
    try (GenericContainer<?> task =
        shell("echo done")
            .withStartupCheckStrategy(
                new OneShotStartupCheckStrategy().withTimeout(Duration.ofSeconds(30)))) {
      task.start();
      assertEquals("done\n", task.getLogs());
      assertEquals(0L, task.getCurrentContainerInfo().getState().getExitCodeLong());
      assertFalse(task.isRunning());
    }
  }

  @Test
  void filesGoInAndOut() throws Exception {
    Files.createDirectories(folder.resolve("in/below"));
    Files.writeString(folder.resolve("in/below/file"), "content");
    try (GenericContainer<?> container =
        shell("sleep 600")
            .withCopyFileToContainer(MountableFile.forHostPath(folder.resolve("in")), "/before")
            .withCopyToContainer(Transferable.of("text", 0600), "/text")) {
      container.start();
      assertEquals("content", container.execInContainer("cat", "/before/below/file").getStdout());
      assertEquals("600\n", container.execInContainer("stat", "-c", "%a", "/text").getStdout());
      container.copyFileToContainer(
          MountableFile.forHostPath(folder.resolve("in/below/file"), 0755), "/later");
      assertEquals("755\n", container.execInContainer("stat", "-c", "%a", "/later").getStdout());
      container.copyFileFromContainer("/later", folder.resolve("out").toString());
      assertEquals("content", Files.readString(folder.resolve("out")));
      assertEquals(
          "text",
          container.copyFileFromContainer(
              "/text",
              in -> new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  @Test
  void environmentLabelsFolderUserAndLimits() throws Exception {
    try (GenericContainer<?> container =
        shell("sleep 600")
            .withEnv(Map.of("COLOUR", "green", "EMPTY", ""))
            .withLabel("who", "a test")
            .withWorkingDirectory("/tmp")
            .withTmpFs(Map.of("/scratch", "size=1m"))
            .withExtraHost("peer", "192.0.2.7")
            .withSharedMemorySize(1L << 20)
            .withPrivilegedMode(false)
            .withFileSystemBind(folder.toString(), "/bound", BindMode.READ_ONLY)
            .withCreateContainerCmdModifier(
                create -> create.withUser("1000").withHostName("here"))) {
      container.start();
      String said =
          container
              .execInContainer(
                  "sh",
                  "-c",
                  "echo $COLOUR; id -u; pwd; hostname; grep -c peer /etc/hosts; grep -c ' /scratch ' /proc/mounts; touch /bound/x 2>/dev/null || echo refused")
              .getStdout();
      assertEquals("green\n1000\n/tmp\nhere\n1\n1\nrefused\n", said);
      assertEquals("a test", container.getContainerInfo().getConfig().getLabels().get("who"));
    }
  }

  @Test
  void containersOfANetworkFindEachOther() throws Exception {
    try (Network network = Network.newNetwork();
        GenericContainer<?> server =
            shell(SERVER)
                .withNetwork(network)
                .withNetworkAliases("web", "www")
                .withExposedPorts(8080);
        GenericContainer<?> client = shell("sleep 600").withNetwork(network)) {
      server.start();
      client.start();
      for (String name : List.of("web", "www")) {
        assertTrue(
            client
                .execInContainer("wget", "-q", "-O", "-", "http://" + name + ":8080/")
                .getStdout()
                .contains("works"));
      }
    }
  }

  @Test
  void aLogIsFollowed() throws Exception {
    ToStringConsumer all = new ToStringConsumer();
    try (GenericContainer<?> container =
        shell(
            "echo one; echo two >&2; until [ -e /go ]; do sleep 0.05; done; echo three; sleep 600")) {
      container.withLogConsumer(all);
      container.start();
      WaitingConsumer waiting = new WaitingConsumer();
      container.followOutput(waiting, OutputType.STDOUT);
      container.execInContainer("touch", "/go");
      waiting.waitUntil(frame -> frame.getUtf8String().contains("three"), 60, TimeUnit.SECONDS);
      assertTrue(container.getLogs(OutputType.STDERR).contains("two"));
      assertFalse(container.getLogs(OutputType.STDERR).contains("one"));
    }
    assertTrue(all.toUtf8String().contains("one"));
  }

  @Test
  void anImageIsBuilt() {
    ImageFromDockerfile image =
        new ImageFromDockerfile()
            .withFileFromString("greeting", "hello")
            .withDockerfileFromBuilder(
                builder ->
                    builder
                        .from("busybox:latest")
                        .copy("greeting", "/greeting")
                        .run("echo $WHO >>/greeting")
                        .cmd("cat", "/greeting")
                        .build())
            .withBuildArg("WHO", "nobody");
    try (GenericContainer<?> container =
        new GenericContainer<>(image).withStartupCheckStrategy(new OneShotStartupCheckStrategy())) {
      container.start();
      assertTrue(container.getLogs().startsWith("hello"), container.getLogs());
    }
  }

  @Test
  void manyPortsAreMapped() {
    try (GenericContainer<?> server = shell(SERVER).withExposedPorts(8080, 8081, 8082)) {
      server.waitingFor(Wait.forListeningPorts(8080));
      server.start();
      assertEquals(
          3, server.getExposedPorts().stream().map(server::getMappedPort).distinct().count());
    }
  }

  @Test
  void anotherContainerIsStartedAfterOneWasStopped() {
    GenericContainer<?> container =
        shell("echo run; sleep 600").waitingFor(Wait.forLogMessage(".*run.*", 1));
    container.start();
    String first = container.getContainerId();
    container.stop();
    container.start();
    assertFalse(first.equals(container.getContainerId()));
    container.stop();
  }
}
