package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.launch.StatusRecord;
import io.jdocker.runtime.stdio.LogSink;
import io.jdocker.runtime.stdio.ProcessStreams;
import io.jdocker.runtime.stdio.StdioEnds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over the execs that an earlier engine started and that go on in containers that run: what
 * they write is read, so that they never wait for room in a pipe, and their ends are noticed. Who
 * was attached has gone with that engine, but may ask for the exit code. One thread.
 */
final class AdoptExecs {
  private static final System.Logger LOG = System.getLogger(AdoptExecs.class.getName());

  private final EngineParts parts;
  private final ContainerLayout layout;
  private final ExecProcesses execs;
  private final Keepers keepers;
  private final Set<Integer> keeperPids = new HashSet<>();

  AdoptExecs(EngineParts parts, ContainerLayout layout, ExecProcesses execs, Keepers keepers) {
    this.parts = parts;
    this.layout = layout;
    this.execs = execs;
    this.keepers = keepers;
  }

  /** Takes over those of one container, which this engine has taken over itself. */
  void adopt(Container container) {
    Path folder = layout.folder(container.id());
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "{exec,probe}-*")) {
      for (Path file : found) {
        if (file.getFileName().toString().startsWith(ContainerLayout.PROBE_PREFIX)) {
          endProbe(file);
        } else {
          adopt(container, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  /** Of all that were taken over. */
  Set<Integer> keeperPids() {
    return Set.copyOf(keeperPids);
  }

  /** Nobody watches its time any more, nor waits for what it tells: the next probe will tell. */
  private void endProbe(Path statusFile) throws IOException {
    Optional<StatusRecord> status = EndOfRun.readStatus(statusFile);
    Optional<Fd> keeper = status.flatMap(s -> keepers.find(s.keeperPid(), statusFile));
    if (keeper.isPresent()) {
      try (Fd held = keeper.get()) {
        if (status.get().status().isEmpty()) {
          parts.kernel().processes().kill(-status.get().payloadPid(), Signals.SIGKILL);
        }
        parts.kernel().processes().killAndReap(held);
      }
    }
    Files.deleteIfExists(statusFile);
  }

  private void adopt(Container container, Path statusFile) throws IOException {
    Optional<StatusRecord> status = EndOfRun.readStatus(statusFile);
    Optional<Fd> keeper = status.flatMap(s -> keepers.find(s.keeperPid(), statusFile));
    if (keeper.isEmpty()) {
      // Never launched, or ended and noticed by an engine that did not come to delete this.
      Files.deleteIfExists(statusFile);
      return;
    }
    String name = statusFile.getFileName().toString();
    try {
      StdioEnds ends = keepers.ends(keeper.get());
      Fd notice = keepers.notice(keeper.get());
      int pid = status.get().payloadPid();
      Exec exec =
          new Exec(
              name.substring(ContainerLayout.EXEC_PREFIX.length()),
              container,
              spec(pid, ends instanceof StdioEnds.Terminal),
              ContainerLayout.EXEC_PREFIX);
      exec.claim();
      ProcessStreams streams =
          ProcessStreams.connect(parts.kernel(), parts.loop(), exec.hub(), ends, LogSink.none());
      exec.started(pid, streams);
      keeperPids.add(status.get().keeperPid());
      execs.adopted(exec, keeper.get(), notice, statusFile);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot take over {0} of container {1}: {2}",
          name,
          container.id(),
          e.getMessage());
      keeper.get().close();
    }
  }

  /** As much of it as the process itself tells; nothing of one that has ended. */
  private static ExecSpec spec(int pid, boolean terminal) {
    return new ExecSpec(
        commandLine(pid), List.of(), "", "", terminal, false, false, false, false, 0, 0);
  }

  private static List<String> commandLine(int pid) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "cmdline"));
      return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException ended) {
      return List.of("");
    }
  }
}
