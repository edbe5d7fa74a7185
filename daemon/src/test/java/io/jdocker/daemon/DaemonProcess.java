package io.jdocker.daemon;

import io.jdocker.daemon.http.RawClient;
import io.jdocker.linux.testing.HostNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A daemon in a process and a network namespace of its own. */
final class DaemonProcess implements AutoCloseable {
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
  static DaemonProcess start(HostNamespaces host, Path root, String cgroupParent)
      throws IOException, InterruptedException {
    Path log = root.resolveSibling(root.getFileName() + ".log");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        host.startHost(
            "exec "
                + java
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp '"
                + System.getProperty("java.class.path")
                + "' "
                + DaemonMain.class.getName()
                + " --root "
                + root
                + " --cgroup-parent /"
                + cgroupParent
                + " >"
                + log
                + " 2>&1");
    DaemonProcess daemon = new DaemonProcess(process, root.resolve("jdocker.sock"), log);
    daemon.awaitEngine();
    return daemon;
  }

  private void awaitEngine() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(socket)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the daemon does not start: " + log());
      }
      Thread.sleep(5);
    }
    // Anything but a ping waits for the engine.
    get("/info");
  }

  /** The body of the answer to a GET. */
  String get(String path) throws IOException {
    try (RawClient client = new RawClient(socket)) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: docker\r\n\r\n");
      return client.body(client.head());
    }
  }

  /** What {@code DOCKER_HOST} is set to. */
  String address() {
    return "unix://" + socket;
  }

  long pid() {
    return process.pid();
  }

  /** What it has written to standard error and output. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** Asks it to end, and returns its exit status. */
  int stop() throws IOException, InterruptedException {
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
