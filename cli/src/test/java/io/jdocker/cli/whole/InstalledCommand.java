package io.jdocker.cli.whole;

import io.jdocker.cli.Main;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A machine on which {@code jdocker} is a command with a root of its own. Its daemon is the one
 * that the command starts. An image {@code bb} of busybox is there.
 */
final class InstalledCommand implements AutoCloseable {
  private static final List<String> APPLETS =
      List.of("sh", "cat", "echo", "sleep", "true", "stty", "kill", "tr", "head");

  private final Path folder;
  private final Path root;
  private final HostNamespaces host;
  private final LeakCheck before;

  InstalledCommand(Path folder) throws IOException {
    this.folder = folder;
    this.root = folder.resolve("root");
    this.host = HostNamespaces.create(Kernel.load());
    this.before = LeakCheck.take(host, root, "");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path command = bin.resolve("jdocker");
    Files.writeString(
        command,
        "#!/bin/sh\nexec "
            + System.getProperty("java.home")
            + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
            + System.getProperty("java.class.path")
            + "' "
            + Main.class.getName()
            + " --root "
            + root
            + " \"$@\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path folder() {
    return folder;
  }

  Path root() {
    return root;
  }

  /** Makes the image, which starts the daemon. */
  void importImage() throws IOException {
    Path rootfs = Files.createDirectories(folder.resolve("rootfs"));
    Path bin = Files.createDirectories(rootfs.resolve("bin"));
    Files.createDirectories(rootfs.resolve("tmp"));
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    for (String applet : APPLETS) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Outcome imported = sh("tar -C rootfs -c . | jdocker import -c 'ENV PATH=/bin' - bb");
    if (imported.status() != 0) {
      throw new IOException("no image: " + imported.output());
    }
  }

  /** A shell command with jdocker on its path, in the folder; its output and errors together. */
  Outcome sh(String command) {
    return host.shell("cd " + folder + "; PATH=" + folder + "/bin:$PATH; " + command);
  }

  /** The same, left running. */
  Process start(String command) {
    return host.startHost("cd " + folder + "; PATH=" + folder + "/bin:$PATH; " + command);
  }

  /** The same at a terminal of 33 by 77 characters; {@code keys} is a command that types. */
  Outcome atTerminal(String keys, String command) throws IOException {
    Path script = folder.resolve("typed.sh");
    Files.writeString(script, "stty rows 33 cols 77\n" + command + "\n");
    return sh("{ " + keys + "; } | script -qec 'sh " + script + "' /dev/null | tr -d '\\r'");
  }

  /** Pids of the daemons of this root. */
  List<String> daemons() {
    return sh("pgrep -f '[D]aemonMain --root " + root + "$'").output().lines().toList();
  }

  /** What is left on the host that was not there before; the daemon must have ended. */
  void assertLeavesNothing() {
    LeakCheck after = LeakCheck.take(host, root, "");
    if (!after.equals(before)) {
      throw new AssertionError("left on the host: " + after + ", before: " + before);
    }
  }

  @Override
  public void close() {
    sh("jdocker rm -f $(jdocker ps -aq); jdocker daemon --stop");
    host.close();
  }
}
