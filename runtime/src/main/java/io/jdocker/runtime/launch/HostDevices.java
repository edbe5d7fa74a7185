package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The device nodes directly in the host's /dev, which a privileged container gets. */
public final class HostDevices {
  /** Made for every container, or of the container's own. */
  private static final Set<String> OWN =
      Set.of("null", "zero", "full", "random", "urandom", "tty", "console", "ptmx");

  private final Kernel kernel;
  private final Path folder;

  /**
   * @param folder the host's /dev
   */
  public HostDevices(Kernel kernel, Path folder) {
    this.kernel = kernel;
    this.folder = folder;
  }

  List<DeviceNode> list() {
    List<DeviceNode> nodes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!OWN.contains(name)) {
          add(nodes, name, entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    return nodes;
  }

  private void add(List<DeviceNode> nodes, String name, Path entry) {
    // A device may have been unplugged since the folder was read.
    kernel
        .files()
        .find(FileCalls.AT_FDCWD, entry.toString(), FileCalls.AT_SYMLINK_NOFOLLOW)
        .filter(s -> s.type() == FileStatus.S_IFCHR || s.type() == FileStatus.S_IFBLK)
        .ifPresent(
            s ->
                nodes.add(
                    new DeviceNode(
                        name,
                        s.mode(),
                        (int) FileStatus.major(s.rdev()),
                        (int) FileStatus.minor(s.rdev()))));
  }
}
