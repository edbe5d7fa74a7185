package io.jdocker.images.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on a loopback port of this network namespace, in plain HTTP or TLS. */
public final class DebianRegistry implements AutoCloseable {
  private static final String PROGRAM = "/usr/bin/docker-registry";
  private static final int POLL_MILLIS = 20;
  private static final int POLLS = 500;

  private final Process process;
  private final Path log;
  private final int port;

  private DebianRegistry(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param folder for its data
   * @param more lines of its configuration, at the left margin
   */
  public static DebianRegistry start(Path folder, String... more) {
    try {
      if (!Files.isExecutable(Path.of(PROGRAM))) {
        throw new IOException("this test needs " + PROGRAM + ": apt-get install docker-registry");
      }
      int port = freePort();
      Path data = Files.createDirectories(folder.resolve("registry"));
      Path file = folder.resolve("registry.yml");
      Files.writeString(
          file,
          "version: 0.1\nlog:\n  level: warn\nstorage:\n  filesystem:\n    rootdirectory: "
              + data
              + "\n  delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:"
              + port
              + "\n"
              + String.join("\n", more)
              + "\n");
      Path log = folder.resolve("registry.log");
      Process process =
          new ProcessBuilder(List.of(PROGRAM, "serve", file.toString()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      DebianRegistry registry = new DebianRegistry(process, log, port);
      registry.awaitListening();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws IOException {
    for (int i = 0; i < POLLS && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        sleep();
      }
    }
    throw new IOException("docker-registry does not listen: " + Files.readString(log));
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Host and port, as in an image's name. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
