package io.jdocker.network.names;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.NamesSpec;
import io.jdocker.network.dns.Upstreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Writes a container's {@code hosts}, {@code hostname} and {@code resolv.conf}. They are bind
 * mounted into the container, so a file is always rewritten in place: a renamed one would be
 * another inode, which the container does not see. Thread-safe for different folders.
 */
public final class NameFiles {
  private static final Path HOSTS = Path.of("/etc/hosts");
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  /** Where systemd-resolved lists the servers behind its 127.0.0.53. */
  private static final Path RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

  /**
   * Writes all three.
   *
   * @param lines what follows the localhost lines in hosts
   * @param ownNamespace false for a container on the host's network, which sees the host's files
   * @param named true where the engine answers names
   */
  public void write(
      NamesSpec spec, List<HostLine> lines, boolean ownNamespace, boolean named, Trace trace) {
    String domain = spec.domainname().isEmpty() ? "" : "." + spec.domainname();
    writeHosts(spec, lines, ownNamespace, trace);
    write(spec.directory(), "hostname", spec.hostname() + domain + "\n", trace);
    String resolv =
        named
            ? ResolvConf.internal(read(RESOLV_CONF), spec)
            : ResolvConf.text(hostResolvConf(), spec, ownNamespace);
    write(spec.directory(), "resolv.conf", resolv, trace);
  }

  /** Where the engine's name server sends what it does not know itself. */
  public Upstreams upstreams(NamesSpec spec, boolean reachable) {
    return ResolvConf.upstreams(read(RESOLV_CONF), spec, reachable);
  }

  /** Sends a running container to the engine's name server, unless it has changed the file. */
  public void switchToServer(NamesSpec spec) {
    String untouched = ResolvConf.text(hostResolvConf(), spec, true);
    if (read(spec.directory().resolve("resolv.conf")).equals(untouched)) {
      String text = ResolvConf.internal(read(RESOLV_CONF), spec);
      write(spec.directory(), "resolv.conf", text, Trace.off());
    }
  }

  /** Writes hosts alone; what refers to names has changed. */
  public void writeHosts(NamesSpec spec, List<HostLine> lines, boolean ownNamespace, Trace trace) {
    String text = ownNamespace ? HostsFile.text(lines) : HostsFile.text(read(HOSTS), lines);
    write(spec.directory(), "hosts", text, trace);
  }

  /** True where the container's files have been written and are still there. */
  public boolean exist(NamesSpec spec) {
    return Files.exists(spec.directory().resolve("hosts"));
  }

  private static String hostResolvConf() {
    String text = read(RESOLV_CONF);
    return ResolvConf.isLoopbackOnly(text) && Files.exists(RESOLVED) ? read(RESOLVED) : text;
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path folder, String name, String text, Trace trace) {
    long start = System.nanoTime();
    Path file = folder.resolve(name);
    try {
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      }
      // Written first and cut afterwards: a reader never meets an empty file.
      try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        long length = content.remaining();
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.truncate(length);
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
    trace.record(
        Stage.NAMES,
        "write the container's /etc/" + name,
        () -> "write(" + file + ", " + text.length() + " bytes)",
        Integer.toString(text.length()),
        start,
        () -> "cat > " + file + " <<'END'\n" + text + (text.endsWith("\n") ? "" : "\n") + "END");
  }
}
