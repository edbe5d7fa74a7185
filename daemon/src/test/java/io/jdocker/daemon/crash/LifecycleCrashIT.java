package io.jdocker.daemon.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.daemon.DaemonProcess;
import io.jdocker.images.ImageStore;
import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.launch.StatusRecord;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is killed while a container waits, is probed, stands still or ends. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LifecycleCrashIT {
  private static final String CGROUP = "jdocker-it-life-" + ProcessHandle.current().pid();
  private static final long PATIENCE_SECONDS = 60;

  private final Kernel kernel = Kernel.load();
  private final List<String> created = new ArrayList<>();
  @TempDir private Path folder;
  private HostNamespaces host;
  private Path root;
  private LeakCheck before;
  private DaemonProcess daemon;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    host = HostNamespaces.create(kernel);
    root = folder.resolve("r");
    Files.createDirectories(root);
    BusyboxImage.importInto(ImageStore.open(root.resolve("images"), kernel), "busybox:latest");
    before = LeakCheck.take(host, root, CGROUP);
    api = new Api(root.resolve("jdocker.sock"));
    daemon = DaemonProcess.start(host, root, CGROUP);
  }

  @AfterEach
  void stop() throws Exception {
    try {
      for (String id : created) {
        assertEquals(204, api.delete("/containers/" + id + "?force=1").status());
      }
      assertEquals(0, daemon.stop());
      assertEquals(before, LeakCheck.take(host, root, CGROUP), "the host is as it was");
    } finally {
      daemon.close();
      host.close();
    }
  }

  private void killDaemon() throws Exception {
    daemon.kill();
  }

  private void startDaemon() throws Exception {
    daemon.close();
    daemon = DaemonProcess.start(host, root, CGROUP);
  }

  private String run(String script, String config, String hostConfig) throws IOException {
    String body =
        """
        {"Image":"busybox","Cmd":["sh","-c","%s"]%s,"HostConfig":{"NetworkMode":"none"%s}}
        """
            .formatted(script, config, hostConfig);
    Api.Answer answer = api.post("/containers/create", body);
    assertEquals(201, answer.status(), answer.body());
    String id = JsonParser.parseString(answer.body()).getAsJsonObject().get("Id").getAsString();
    created.add(id);
    assertEquals(204, api.post("/containers/" + id + "/start", "").status());
    return id;
  }

  private JsonObject inspect(String id) throws IOException {
    return JsonParser.parseString(api.get("/containers/" + id + "/json").body()).getAsJsonObject();
  }

  private JsonObject state(String id) throws IOException {
    return inspect(id).getAsJsonObject("State");
  }

  private JsonObject await(String id, Predicate<JsonObject> wanted) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    JsonObject container = inspect(id);
    while (!wanted.test(container)) {
      assertTrue(System.nanoTime() < deadline, () -> "it stays " + described(id));
      Thread.sleep(5);
      container = inspect(id);
    }
    return container;
  }

  private String described(String id) {
    try {
      return state(id).toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String state(String id, String key) {
    try {
      return state(id).get(key).getAsString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean is(JsonObject container, String status) {
    return container.getAsJsonObject("State").get("Status").getAsString().equals(status);
  }

  private static int restarts(JsonObject container) {
    return container.get("RestartCount").getAsInt();
  }

  /** The probe that runs now, once it has got so far as to make that file. */
  private Optional<ProcessHandle> probe(String id, String made) {
    Path upper = root.resolve("snapshots").resolve(id).resolve("upper");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(root.resolve("containers").resolve(id), "probe-*")) {
      for (Path file : files) {
        Optional<StatusRecord> status = StatusRecord.parse(Files.readAllBytes(file));
        if (status.isPresent() && Files.exists(upper.resolve(made))) {
          return ProcessHandle.of(status.get().payloadPid()).filter(ProcessHandle::isAlive);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWaitForARestartGoesOn() throws Exception {
    String id =
        run(
            "echo run; exit 3",
            "",
            ",\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":5}");
    await(id, container -> is(container, "restarting") && restarts(container) >= 3);
    killDaemon();
    startDaemon();
    JsonObject ended = await(id, container -> is(container, "exited"));
    assertEquals(5, restarts(ended));
    assertEquals(3, ended.getAsJsonObject("State").get("ExitCode").getAsInt());
    Path log = root.resolve("containers").resolve(id).resolve(id + "-json.log");
    assertEquals(6, Files.readString(log).lines().count(), "one start and five restarts");
  }

  @Test
  void whatEndedWithoutADaemonIsStartedByTheNext() throws Exception {
    String id = run("exec sleep 1000", "", ",\"RestartPolicy\":{\"Name\":\"always\"}");
    int pid = state(id).get("Pid").getAsInt();
    killDaemon();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    startDaemon();
    JsonObject again =
        await(id, c -> is(c, "running") && c.getAsJsonObject("State").get("Pid").getAsInt() != pid);
    assertEquals(1, restarts(again));
  }

  @Test
  void aProbeUnderWayIsEndedAndTheNextIsMade() throws Exception {
    String id =
        run(
            "exec sleep 1000",
            ",\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"[ -e /second ] || { touch /second; sleep"
                + " 1000; }\"],\"Interval\":200000000,\"Timeout\":600000000000}",
            "");
    await(id, container -> probe(id, "second").isPresent());
    ProcessHandle probe = probe(id, "second").orElseThrow();
    killDaemon();
    assertTrue(probe.isAlive(), "it does not hang on the daemon");
    startDaemon();
    JsonObject healthy =
        await(
            id,
            c ->
                c.getAsJsonObject("State")
                    .getAsJsonObject("Health")
                    .get("Status")
                    .getAsString()
                    .equals("healthy"));
    assertTrue(is(healthy, "running"));
    // Whoever reaps it may need a moment; one that is not ended sleeps for a quarter of an hour.
    await(id, container -> !probe.isAlive());
    try (var files = Files.list(root.resolve("containers").resolve(id))) {
      assertTrue(files.filter(f -> f.getFileName().toString().startsWith("probe-")).count() <= 1);
    }
  }

  @Test
  void whatStandsStillStandsStillAndCanBeStopped() throws Exception {
    String id = run("trap 'exit 9' TERM; while :; do sleep 0.01; done", "", "");
    assertEquals(204, api.post("/containers/" + id + "/pause", "").status());
    killDaemon();
    startDaemon();
    assertEquals("paused", state(id, "Status"));
    assertEquals(204, api.post("/containers/" + id + "/stop?t=20", "").status());
    assertEquals("9", state(id, "ExitCode"));
  }

  @Test
  void whatWasStoppedByHandStaysStopped() throws Exception {
    String id = run("exec sleep 1000", "", ",\"RestartPolicy\":{\"Name\":\"unless-stopped\"}");
    assertEquals(204, api.post("/containers/" + id + "/kill", "").status());
    killDaemon();
    startDaemon();
    assertEquals("exited", state(id, "Status"));
    assertEquals("137", state(id, "ExitCode"));
  }
}
