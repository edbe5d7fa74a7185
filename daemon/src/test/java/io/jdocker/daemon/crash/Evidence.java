package io.jdocker.daemon.crash;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What can be seen of an engine without asking it. */
final class Evidence {
  private final Path root;
  private final String cgroupParent;

  Evidence(Path root, String cgroupParent) {
    this.root = root;
    this.cgroupParent = cgroupParent;
  }

  /** The lines of a container's log, the unfinished last one left out. */
  List<String> log(String id) throws IOException {
    Path file = root.resolve("containers").resolve(id).resolve(id + "-json.log");
    if (!Files.exists(file)) {
      return List.of();
    }
    StringBuilder text = new StringBuilder();
    String all = Files.readString(file);
    for (String line : all.substring(0, all.lastIndexOf('\n') + 1).lines().toList()) {
      text.append(JsonParser.parseString(line).getAsJsonObject().get("log").getAsString());
    }
    return text.substring(0, text.lastIndexOf("\n") + 1).replace("\r", "").lines().toList();
  }

  /** How many keepers each container has, by its id. */
  Map<String, Integer> keepers() throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        keeper(process).ifPresent(id -> found.merge(id, 1, Integer::sum));
      }
    }
    return found;
  }

  private java.util.Optional<String> keeper(Path process) {
    try {
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8);
      // Its executable is in memory; the status file it holds tells whose keeper it is.
      return command.startsWith("jdocker-keeper\0")
              && Files.readSymbolicLink(process.resolve("fd/7")).startsWith(root)
          ? java.util.Optional.of(command.replace("jdocker-keeper", "").replace("\0", ""))
          : java.util.Optional.empty();
    } catch (IOException goneOrKernelThread) {
      return java.util.Optional.empty();
    }
  }

  /** Names of the control groups below the engine's, in any hierarchy. */
  Set<String> cgroups() throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> parents = new ArrayList<>();
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      hierarchies.map(h -> h.resolve(cgroupParent)).forEach(parents::add);
    }
    parents.add(Path.of("/sys/fs/cgroup").resolve(cgroupParent));
    for (Path parent : parents) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> groups = Files.list(parent)) {
          groups.filter(Files::isDirectory).forEach(g -> found.add(g.getFileName().toString()));
        }
      }
    }
    return found;
  }

  /** Status files of execs that a container's folder holds. */
  int execs(String id) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("containers").resolve(id))) {
      return (int) files.filter(f -> f.getFileName().toString().startsWith("exec-")).count();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Every path below the root, but the socket and the JVM's own. */
  Set<String> files() {
    try (Stream<Path> paths = Files.walk(root)) {
      Set<String> found = new TreeSet<>();
      paths.forEach(p -> found.add(root.relativize(p).toString()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
