package io.jdocker.cli.engine;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts the daemon of a root directory and waits until it answers. When two clients do this at
 * once both daemons ask for the lock, one gets it and the other leaves: either client then finds
 * the one that answers.
 */
public final class DaemonStarter {
  /** The daemon's exit status for it. */
  private static final int ROOT_IS_TAKEN = 3;

  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MILLIS = 5;

  private final String root;
  private final Path log;
  private final Map<String, String> environment;

  public DaemonStarter(String root, Map<String, String> environment) {
    this.root = root;
    this.log = Path.of(root, "daemon.log");
    this.environment = environment;
  }

  /**
   * Starts it.
   *
   * @throws CommandFailure with the daemon's own last word when it cannot
   */
  public void start() throws IOException {
    makeRoot();
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    Process daemon = spawn();
    Endpoint endpoint = new Endpoint("unix://" + root + "/jdocker.sock");
    long deadline = System.nanoTime() + LONGEST_START_NANOS;
    while (!answers(endpoint)) {
      if (!daemon.isAlive() && !waitsForAnother(daemon)) {
        throw new CommandFailure("cannot start the jdocker daemon: " + lastWord(logStart));
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailure("the jdocker daemon did not answer within 30 seconds: see " + log);
      }
      pause();
    }
  }

  private void makeRoot() {
    try {
      // 0711: a container's own user may pass through to its files, and read nothing else.
      Files.createDirectories(
          Path.of(root),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      if (!Files.isWritable(Path.of(root))) {
        throw new AccessDeniedException(root);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot start the jdocker daemon: no permission to write "
              + root
              + ": run as root, or choose another directory with --root");
    }
  }

  /** In a session of its own, so that neither the terminal's end nor its ctrl-c reaches it. */
  private Process spawn() throws IOException {
    List<String> command = new DaemonCommand(root, environment).words();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(Path.of("/").toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  private static boolean answers(Endpoint endpoint) {
    try {
      ApiClient.connect(endpoint).close();
      return true;
    } catch (IOException e) {
      return false; // not yet bound
    }
  }

  /** Another daemon, of a command given at the same moment, has the root and is about to answer. */
  private static boolean waitsForAnother(Process daemon) {
    return daemon.exitValue() == ROOT_IS_TAKEN;
  }

  private String lastWord(long logStart) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int start = (int) Math.min(logStart, all.length);
    String said = new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
    String last = said.substring(said.lastIndexOf('\n') + 1);
    return last.isEmpty() ? "it ended without a word: see " + log : last;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the daemon starts", e);
    }
  }
}
