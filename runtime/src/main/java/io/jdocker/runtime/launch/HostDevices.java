package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.DeviceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The host's device nodes, as containers get them. Thread-safe. */
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

  /** Those directly in the host's /dev, which a privileged container gets. */
  public List<DeviceNode> all() {
    List<DeviceNode> nodes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!OWN.contains(name)) {
          add(nodes, entry, "/dev/" + name, FileCalls.AT_SYMLINK_NOFOLLOW);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    return nodes;
  }

  /**
   * The device at a path, or every one below the folder there.
   *
   * @throws InvalidArgument when there is no device
   */
  public List<DeviceNode> of(DeviceSpec.Mapping mapping) {
    Path source = Path.of(mapping.hostPath());
    FileStatus status =
        kernel
            .files()
            .find(FileCalls.AT_FDCWD, mapping.hostPath(), 0)
            .orElseThrow(() -> refused(mapping, "no such file or directory"));
    if (DeviceNode.isDevice(status)) {
      return List.of(DeviceNode.like(status, mapping.containerPath()));
    }
    if (!status.isDirectory()) {
      throw refused(mapping, "not a device node");
    }
    List<DeviceNode> nodes = below(source, mapping.containerPath());
    if (nodes.isEmpty()) {
      throw refused(mapping, "not a device node");
    }
    return nodes;
  }

  private List<DeviceNode> below(Path source, String target) {
    List<DeviceNode> nodes = new ArrayList<>();
    try (Stream<Path> entries = Files.walk(source)) {
      entries
          .sorted()
          .forEach(
              entry ->
                  add(
                      nodes,
                      entry,
                      Path.of(target).resolve(source.relativize(entry)).toString(),
                      FileCalls.AT_SYMLINK_NOFOLLOW));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + source, e);
    }
    return nodes;
  }

  private static InvalidArgument refused(DeviceSpec.Mapping mapping, String why) {
    return new InvalidArgument(
        "error gathering device information while adding custom device \""
            + mapping.hostPath()
            + "\": "
            + why);
  }

  private void add(List<DeviceNode> nodes, Path entry, String target, int flags) {
    // A device may have been unplugged since the folder was read.
    kernel
        .files()
        .find(FileCalls.AT_FDCWD, entry.toString(), flags)
        .filter(DeviceNode::isDevice)
        .ifPresent(status -> nodes.add(DeviceNode.like(status, target)));
  }
}
