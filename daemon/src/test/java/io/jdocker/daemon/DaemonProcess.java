package io.jdocker.daemon;

import io.jdocker.daemon.http.RawClient;
import io.jdocker.linux.testing.HostNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A daemon in a process and a network namespace of its own. */
public final class DaemonProcess implements AutoCloseable {
  private static final int START_SECONDS = 30;

  private final Process process;
  private final Path socket;
  private final Path log;

  private DaemonProcess(Process process, Path socket, Path log) {
    this.process = process;
    this.socket = socket;
    this.log = log;
  }

  /** Starts one and waits until its engine is open. */
  public static DaemonProcess start(HostNamespaces host, Path root, String cgroupParent)
      throws IOException, InterruptedException {
    DaemonProcess daemon = launch(host, root, cgroupParent);
    daemon.awaitEngine();
    return daemon;
  }

  /** Starts one and does not wait. What it writes comes after what an earlier one wrote. */
  public static DaemonProcess launch(HostNamespaces host, Path root, String cgroupParent) {
    Path log = root.resolveSibling(root.getFileName() + ".log");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        host.startHost(
            "exec "
                + java
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m"
                + quiet()
                + " -cp '"
                + System.getProperty("java.class.path")
                + "' "
                + DaemonMain.class.getName()
                + " --root "
                + root
                + " --cgroup-parent /"
                + cgroupParent
                + " >>"
                + log
                + " 2>&1");
    return new DaemonProcess(process, root.resolve("jdocker.sock"), log);
  }

  /** What keeps newer Javas from warning of native access, which tests take for a complaint. */
  private static String quiet() {
    return Runtime.version().feature() < 24
        ? ""
        : " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";
  }

  /** Waits until it answers and its engine is open. */
  public void awaitEngine() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the daemon does not start: " + log());
      }
      Thread.sleep(5);
    }
  }

  /**
   * A socket file alone says nothing: a killed daemon leaves its own. And a child that it was just
   * launching has the listening socket still, for the moment until it closes what is not its own.
   */
  private boolean answers() {
    try {
      // Anything but a ping waits for the engine.
      get("/info");
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends it as a crash does, and returns when it has ended. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The body of the answer to a GET. */
  public String get(String path) throws IOException {
    try (RawClient client = new RawClient(socket)) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: docker\r\n\r\n");
      return client.body(client.head());
    }
  }

  /** What {@code DOCKER_HOST} is set to. */
  public String address() {
    return "unix://" + socket;
  }

  public long pid() {
    return process.pid();
  }

  /** What it has written to standard error and output. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Asks it to end, and returns its exit status. */
  public int stop() throws IOException, InterruptedException {
    try (RawClient client = new RawClient(socket)) {
      client.send("POST /jdocker/shutdown HTTP/1.1\r\nHost: docker\r\n\r\n");
      client.head();
    }
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
