package io.jdocker.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.PruneType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.Volume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** docker-java over the other endpoints, each at least once. */
@Tag("nightly")
@ExtendWith(DaemonExtension.class)
class DockerJavaNightlyIT {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private DockerClient docker;

  /** Keeps what comes. */
  private static final class Kept<T> extends ResultCallback.Adapter<T> {
    private final BlockingQueue<T> items = new LinkedBlockingQueue<>();

    @Override
    public void onNext(T item) {
      items.add(item);
    }

    T next() throws InterruptedException {
      T item = items.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(item);
      return item;
    }
  }

  @BeforeEach
  void connect(DaemonUnderTest daemon) {
    docker = daemon.client();
  }

  @AfterEach
  void removeAll() throws IOException {
    for (Container container : docker.listContainersCmd().withShowAll(true).exec()) {
      docker.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
    }
    docker.close();
  }

  private CreateContainerCmd shell(String script) {
    return docker.createContainerCmd("busybox").withCmd("sh", "-c", script);
  }

  private String running(CreateContainerCmd create) {
    String id = create.exec().getId();
    docker.startContainerCmd(id).exec();
    return id;
  }

  @Test
  void theHostIsDescribed() {
    assertEquals("1.51", docker.versionCmd().exec().getApiVersion());
    assertEquals("overlay2", docker.infoCmd().exec().getDriver());
    assertTrue(docker.infoCmd().exec().getMemTotal() > 0);
  }

  @Test
  void aContainerGoesThroughItsStates() {
    String id = running(shell("trap 'exit 0' TERM; while :; do sleep 0.1; done"));
    docker.pauseContainerCmd(id).exec();
    assertTrue(docker.inspectContainerCmd(id).exec().getState().getPaused());
    docker.unpauseContainerCmd(id).exec();
    docker.restartContainerCmd(id).withTimeout(5).exec();
    docker.renameContainerCmd(id).withName("renamed").exec();
    assertEquals("/renamed", docker.inspectContainerCmd(id).exec().getName());
    docker.updateContainerCmd(id).withMemory(64L << 20).withMemorySwap(128L << 20).exec();
    assertEquals(64L << 20, docker.inspectContainerCmd(id).exec().getHostConfig().getMemory());
    String[] titles = docker.topContainerCmd(id).exec().getTitles();
    assertTrue(List.of(titles).contains("PID"));
    docker.killContainerCmd(id).withSignal("KILL").exec();
    assertEquals(137, docker.waitContainerCmd(id).start().awaitStatusCode());
  }

  @Test
  void theHostConfigurationIsKept() {
    String id =
        shell("true")
            .withHostName("here")
            .withUser("1000:1000")
            .withWorkingDir("/tmp")
            .withExposedPorts(ExposedPort.tcp(80), ExposedPort.udp(53))
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withBinds(new Bind(folder.toString(), new Volume("/v")))
                    .withPortBindings(PortBinding.parse("127.0.0.1::80"))
                    .withTmpFs(Map.of("/scratch", "size=1m"))
                    .withMemory(64L << 20)
                    .withNanoCPUs(500_000_000L)
                    .withPidsLimit(50L)
                    .withRestartPolicy(RestartPolicy.onFailureRestart(2))
                    .withExtraHosts("peer:192.0.2.7")
                    .withCapDrop(com.github.dockerjava.api.model.Capability.NET_RAW)
                    .withReadonlyRootfs(true)
                    .withInit(true))
            .exec()
            .getId();
    HostConfig kept = docker.inspectContainerCmd(id).exec().getHostConfig();
    assertEquals(1, kept.getBinds().length);
    assertEquals(64L << 20, kept.getMemory());
    assertEquals(500_000_000L, kept.getNanoCPUs());
    assertEquals(50L, kept.getPidsLimit());
    assertEquals(2, kept.getRestartPolicy().getMaximumRetryCount());
    assertEquals(List.of("peer:192.0.2.7"), List.of(kept.getExtraHosts()));
    assertTrue(kept.getReadonlyRootfs());
    assertTrue(kept.getInit());
    assertEquals(
        Set.of(ExposedPort.tcp(80), ExposedPort.udp(53)),
        Set.of(docker.inspectContainerCmd(id).exec().getConfig().getExposedPorts()));
  }

  @Test
  void anExecRunsWithAndWithoutInput() throws Exception {
    String id = running(shell("sleep 600"));
    String exec =
        docker
            .execCreateCmd(id)
            .withCmd("sh", "-c", "echo out; echo err >&2; exit 5")
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    String said = docker.execStartCmd(exec).exec(new DockerJavaIT.Text()).all();
    assertTrue(said.contains("STDOUT out") && said.contains("STDERR err"), said);
    assertEquals(5L, docker.inspectExecCmd(exec).exec().getExitCodeLong());
    String reader =
        docker
            .execCreateCmd(id)
            .withCmd("head", "-n", "1")
            .withAttachStdin(true)
            .withAttachStdout(true)
            .exec()
            .getId();
    assertEquals(
        "STDOUT typed\n",
        docker
            .execStartCmd(reader)
            .withStdIn(new ByteArrayInputStream("typed\n".getBytes(StandardCharsets.UTF_8)))
            .exec(new DockerJavaIT.Text())
            .all());
  }

  @Test
  void anAttachedContainerIsTalkedTo() throws Exception {
    String id =
        shell("read line; echo got $line").withStdinOpen(true).withStdInOnce(true).exec().getId();
    try (PipedOutputStream typed = new PipedOutputStream();
        PipedInputStream stdin = new PipedInputStream(typed)) {
      DockerJavaIT.Text text =
          docker
              .attachContainerCmd(id)
              .withFollowStream(true)
              .withStdIn(stdin)
              .withStdOut(true)
              .exec(new DockerJavaIT.Text());
      assertTrue(text.awaitStarted(PATIENCE_SECONDS, TimeUnit.SECONDS));
      docker.startContainerCmd(id).exec();
      typed.write("hello\n".getBytes(StandardCharsets.UTF_8));
      typed.flush();
      assertEquals("STDOUT got hello\n", text.all());
    }
  }

  @Test
  void filesGoInAndOut() throws IOException {
    Files.writeString(folder.resolve("file"), "content");
    String id = shell("true").exec().getId();
    docker
        .copyArchiveToContainerCmd(id)
        .withHostResource(folder.resolve("file").toString())
        .withRemotePath("/tmp")
        .exec();
    try (InputStream tar = docker.copyArchiveFromContainerCmd(id, "/tmp/file").exec()) {
      String bytes = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(bytes.contains("content"));
    }
    assertTrue(
        docker.containerDiffCmd(id).exec().stream().anyMatch(c -> c.getPath().equals("/tmp/file")));
    assertThrows(
        NotFoundException.class, () -> docker.copyArchiveFromContainerCmd(id, "/none").exec());
  }

  @Test
  void networksAreMadeJoinedAndLeft() {
    String network =
        docker
            .createNetworkCmd()
            .withName("dj-net")
            .withLabels(Map.of("k", "v"))
            .withIpam(
                new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet("10.88.0.0/24")))
            .exec()
            .getId();
    String id = running(shell("sleep 600"));
    docker.connectToNetworkCmd().withContainerId(id).withNetworkId(network).exec();
    Network inspected = docker.inspectNetworkCmd().withNetworkId("dj-net").exec();
    assertEquals("10.88.0.2/24", inspected.getContainers().get(id).getIpv4Address());
    assertEquals(1, docker.listNetworksCmd().withNameFilter("dj-net").exec().size());
    assertThrows(DockerException.class, () -> docker.removeNetworkCmd(network).exec());
    docker.disconnectFromNetworkCmd().withContainerId(id).withNetworkId(network).exec();
    docker.removeNetworkCmd(network).exec();
    assertThrows(
        NotFoundException.class, () -> docker.inspectNetworkCmd().withNetworkId(network).exec());
  }

  @Test
  void volumesAreMadeListedAndPruned() {
    docker.createVolumeCmd().withName("dj-volume").withLabels(Map.of("k", "v")).exec();
    assertEquals("local", docker.inspectVolumeCmd("dj-volume").exec().getDriver());
    assertEquals(
        1, docker.listVolumesCmd().withFilter("label", List.of("k=v")).exec().getVolumes().size());
    docker.removeVolumeCmd("dj-volume").exec();
    assertThrows(NotFoundException.class, () -> docker.inspectVolumeCmd("dj-volume").exec());
    docker.createVolumeCmd().exec();
    docker.pruneCmd(PruneType.VOLUMES).exec();
    assertTrue(docker.listVolumesCmd().exec().getVolumes().isEmpty());
  }

  @Test
  void imagesAreBuiltTaggedSavedLoadedCommittedAndRemoved() throws Exception {
    Files.writeString(folder.resolve("Dockerfile"), "FROM busybox\nLABEL by=dj\nRUN echo x >/x\n");
    String built =
        docker
            .buildImageCmd(folder.toFile())
            .withTags(Set.of("dj-built:1"))
            .withBuildArg("A", "b")
            .exec(new BuildImageResultCallback())
            .awaitImageId(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertTrue(docker.inspectImageCmd("dj-built:1").exec().getId().contains(built));
    docker.tagImageCmd("dj-built:1", "dj-tagged", "2").exec();
    byte[] saved;
    try (InputStream archive = docker.saveImageCmd("dj-tagged:2").exec()) {
      saved = archive.readAllBytes();
    }
    docker.removeImageCmd("dj-tagged:2").exec();
    docker.loadImageCmd(new ByteArrayInputStream(saved)).exec();
    List<Image> loaded = docker.listImagesCmd().withImageNameFilter("dj-tagged").exec();
    assertTrue(List.of(loaded.get(0).getRepoTags()).contains("dj-tagged:2"));
    String id = shell("echo y >/y").exec().getId();
    docker.startContainerCmd(id).exec();
    docker.waitContainerCmd(id).start().awaitStatusCode();
    String committed = docker.commitCmd(id).withRepository("dj-committed").withTag("1").exec();
    assertEquals(committed, docker.inspectImageCmd("dj-committed:1").exec().getId());
    for (String name : List.of("dj-built:1", "dj-tagged:2", "dj-committed:1")) {
      docker.removeImageCmd(name).withForce(true).exec();
    }
    assertThrows(NotFoundException.class, () -> docker.inspectImageCmd("dj-built:1").exec());
  }

  @Test
  void eventsAndStatisticsAreStreamed() throws Exception {
    try (Kept<Event> events =
            docker.eventsCmd().withEventTypeFilter("container").exec(new Kept<>());
        Kept<Statistics> statistics = new Kept<>()) {
      events.awaitStarted(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String id = running(shell("sleep 600"));
      assertEquals("create", events.next().getAction());
      assertEquals("start", events.next().getAction());
      docker.statsCmd(id).withNoStream(true).exec(statistics);
      assertTrue(statistics.next().getMemoryStats().getUsage() > 0);
    }
  }

  @Test
  void listsAreFiltered() {
    String one = running(shell("sleep 600").withLabels(Map.of("which", "one")));
    shell("true").withLabels(Map.of("which", "two")).withName("second").exec();
    assertEquals(2, docker.listContainersCmd().withShowAll(true).exec().size());
    assertEquals(
        one,
        docker.listContainersCmd().withLabelFilter(Map.of("which", "one")).exec().get(0).getId());
    assertEquals(
        1,
        docker
            .listContainersCmd()
            .withShowAll(true)
            .withNameFilter(List.of("second"))
            .withStatusFilter(List.of("created"))
            .exec()
            .size());
    docker.pruneCmd(PruneType.CONTAINERS).exec();
    assertEquals(1, docker.listContainersCmd().withShowAll(true).exec().size());
  }

  @Test
  void mistakesAreToldInTheirKinds() {
    assertThrows(NotFoundException.class, () -> docker.createContainerCmd("none/such").exec());
    assertThrows(NotFoundException.class, () -> docker.startContainerCmd("nobody").exec());
    assertThrows(
        BadRequestException.class,
        () -> docker.createContainerCmd("busybox").withName("not a name").exec());
    assertFalse(docker.listImagesCmd().exec().isEmpty());
  }
}
