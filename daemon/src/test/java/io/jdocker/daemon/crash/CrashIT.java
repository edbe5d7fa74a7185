package io.jdocker.daemon.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.DaemonProcess;
import io.jdocker.images.ImageStore;
import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed at random moments under a load of run, exec, stop and rm, now and then while
 * it recovers from the kill before; the next one must have lost nothing and left nothing. {@code
 * JDOCKER_CRASH_SEED} repeats a run's choices, {@code JDOCKER_CRASH_KILLS} sets how many (30).
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrashIT {
  private static final String CGROUP = "jdocker-it-crash-" + ProcessHandle.current().pid();
  private static final int CLIENTS = 4;
  private static final int LONGEST_LIFE_MILLIS = 900;
  private static final int LONGEST_START_MILLIS = 600;

  private final Kernel kernel = Kernel.load();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger started = new AtomicInteger();
  @TempDir private Path folder;
  private HostNamespaces host;
  private Path root;
  private Evidence evidence;
  private LeakCheck before;
  private Set<String> filesBefore;
  private DaemonProcess daemon;

  @BeforeEach
  void start() throws Exception {
    host = HostNamespaces.create(kernel);
    root = folder.resolve("r");
    evidence = new Evidence(root, CGROUP);
    Files.createDirectories(root);
    BusyboxImage.importInto(ImageStore.open(root.resolve("images"), kernel), "busybox:latest");
    before = LeakCheck.take(host, root, CGROUP);
    daemon = DaemonProcess.start(host, root, CGROUP);
    // A first container makes the folders that stay.
    Client first = client(9, 0);
    first.runAndRemove(Kind.SERVER);
    assertEquals(0, daemon.stop());
    filesBefore = evidence.files();
    daemon = DaemonProcess.start(host, root, CGROUP);
  }

  @AfterEach
  void stop() {
    stopping.set(true);
    daemon.close();
    // After a failure, too, no container may run on.
    cleanUp();
    host.close();
  }

  private void cleanUp() {
    try {
      for (String id : evidence.cgroups()) {
        host.shell(
            "cat /sys/fs/cgroup/*/" + CGROUP + "/" + id + "/cgroup.procs | xargs -r kill -9");
      }
      host.shell("umount -q " + root + "/netns/*");
      host.shell("find /sys/fs/cgroup -depth -type d -path '*/" + CGROUP + "*' -exec rmdir {} +");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Client client(int number, long seed) {
    Api api = new Api(root.resolve("jdocker.sock"));
    return new Client(number, api, seed, stopping, complaints, started);
  }

  private static long setting(String name, long standard) {
    String text = System.getenv(name);
    return text == null ? standard : Long.parseLong(text);
  }

  @Test
  void nothingIsLostAndNothingIsLeft() throws Exception {
    long seed = setting("JDOCKER_CRASH_SEED", System.nanoTime());
    long kills = setting("JDOCKER_CRASH_KILLS", 30);
    System.out.println("CrashIT: JDOCKER_CRASH_SEED=" + seed + " kills=" + kills);
    Random random = new Random(seed);
    List<Client> clients = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(client(i, random.nextLong()));
      threads.add(new Thread(clients.get(i), "client-" + i));
      threads.get(i).start();
    }
    for (int i = 0; i < kills; i++) {
      killOnce(random);
    }
    daemon.awaitEngine();
    stopping.set(true);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(60));
      assertTrue(!thread.isAlive(), () -> thread + " hangs: " + List.of(thread.getStackTrace()));
    }
    Verdict verdict =
        new Verdict(new Api(root.resolve("jdocker.sock")), evidence, host, complaints);
    List<Tracked> all = clients.stream().flatMap(c -> c.containers().stream()).toList();
    verdict.containers(all);
    verdict.nothingElse(all);
    System.out.println(
        "CrashIT: " + kills + " kills, " + started + " containers, " + all.size() + " at the end");
    removeAll(all);
    assertEquals("", String.join("\n", complaints), () -> "the daemons said: " + log());
  }

  private String log() {
    try {
      return daemon.log();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private void killOnce(Random random) throws Exception {
    if (random.nextInt(5) == 0) {
      Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
    } else {
      daemon.awaitEngine();
      Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
    }
    daemon.kill();
    daemon = DaemonProcess.launch(host, root, CGROUP);
  }

  private void removeAll(List<Tracked> all) throws Exception {
    Api api = new Api(root.resolve("jdocker.sock"));
    for (Tracked container : all) {
      Api.Answer answer = api.delete("/containers/" + container.id() + "?force=1");
      if (answer.status() != 204) {
        complaints.add("remove " + container + ": " + answer);
      }
    }
    if (!evidence.keepers().isEmpty()) {
      complaints.add("keepers are left: " + evidence.keepers());
    }
    assertEquals(0, daemon.stop());
    LeakCheck after = LeakCheck.take(host, root, CGROUP);
    if (!after.equals(before)) {
      complaints.add("the host was " + before + "\nand is " + after);
    }
    Set<String> files = evidence.files();
    files.removeAll(filesBefore);
    if (!files.isEmpty()) {
      complaints.add("files are left: " + files);
    }
  }
}
