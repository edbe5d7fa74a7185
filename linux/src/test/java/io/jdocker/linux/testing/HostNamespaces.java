package io.jdocker.linux.testing;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.VethSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A machine of its own for a test: a network namespace "host" (203.0.113.1/24) and another,
 * "remote" (203.0.113.2/24), joined by a veth pair. The remote end routes everything by the host,
 * as a router on the same LAN would. Held by descriptors alone, so nothing is left when the test
 * dies. Needs root.
 */
public final class HostNamespaces implements AutoCloseable {
  public static final String HOST = "203.0.113.1";
  public static final String REMOTE = "203.0.113.2";
  public static final String UPLINK = "jt0";

  /** How a command ended. */
  public record Outcome(int status, String output) {}

  private static final int LOOPBACK = 1;

  private final NamespaceThread threads;
  private final Kernel kernel;
  private final Fd host;
  private final Fd remote;

  private HostNamespaces(Kernel kernel) {
    this.kernel = kernel;
    this.threads = new NamespaceThread(kernel);
    this.host = threads.inNew(this::open);
    this.remote = threads.inNew(this::open);
    threads.within(
        host,
        () -> {
          setting("net/ipv4/ip_forward", "1");
          setting("net/ipv6/conf/all/forwarding", "1");
          try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
            netlink.links().createVeth(new VethSpec(UPLINK, 0, 0, "eth0", "", remote));
          }
          return addressed(UPLINK, HOST);
        });
    threads.within(
        remote,
        () -> {
          addressed("eth0", REMOTE);
          try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
            int link = netlink.links().find("eth0").orElseThrow().index();
            netlink.routes().addDefault(numeric(HOST), link);
          }
          return true;
        });
  }

  public static HostNamespaces create(Kernel kernel) {
    return new HostNamespaces(kernel);
  }

  private Fd open() {
    try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
      netlink.links().setUp(LOOPBACK);
    }
    return kernel.files().open("/proc/thread-self/ns/net", OpenFlags.O_RDONLY, 0);
  }

  private boolean addressed(String link, String address) {
    try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
      int index = netlink.links().find(link).orElseThrow().index();
      netlink.links().setUp(index);
      netlink.addresses().add(index, numeric(address), 24);
    }
    return true;
  }

  /** Runs work on a thread of the host. */
  public <T> T run(Supplier<T> work) {
    return threads.within(host, work);
  }

  /** Runs work on a thread of the host. */
  public void run(Runnable work) {
    run(
        () -> {
          work.run();
          return true;
        });
  }

  /** Runs work on a thread of the remote machine. */
  public <T> T runRemote(Supplier<T> work) {
    return threads.within(remote, work);
  }

  /** Runs work on a thread in the namespace a file stands for. */
  public <T> T runIn(Path namespace, Supplier<T> work) {
    try (Fd fd = kernel.files().open(namespace.toString(), OpenFlags.O_RDONLY, 0)) {
      return threads.within(fd, work);
    }
  }

  /** Runs a shell command on the host, a minute at most. */
  public Outcome shell(String command) {
    return threads.within(host, () -> execute(command));
  }

  /** Runs a shell command on the remote machine, a minute at most. */
  public Outcome remoteShell(String command) {
    return threads.within(remote, () -> execute(command));
  }

  /** Runs a shell command in the namespace a file stands for. */
  public Outcome shellIn(Path namespace, String command) {
    return runIn(namespace, () -> execute(command));
  }

  /** Starts a shell command in the namespace a file stands for, and leaves it running. */
  public Process startIn(Path namespace, String command) {
    return runIn(namespace, () -> start(command));
  }

  /** Starts a shell command on the remote machine and leaves it running. */
  public Process startRemote(String command) {
    return threads.within(remote, () -> start(command));
  }

  /** Starts a shell command on the host and leaves it running. */
  public Process startHost(String command) {
    return threads.within(host, () -> start(command));
  }

  /** Writes a setting of the host below /proc/sys: {@code net/ipv4/ip_forward}. */
  public void hostSetting(String path, String value) {
    run(() -> setting(path, value));
  }

  private static Outcome execute(String command) {
    Process process = start("exec timeout 60 sh -c '" + command.replace("'", "'\\''") + "' 2>&1");
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      process.waitFor(61, TimeUnit.SECONDS);
      return new Outcome(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command ran", e);
    }
  }

  /**
   * No signal is ignored that whoever runs the tests ignores: SIGHUP under nohup(1), SIGINT in the
   * background of a script. A shell cannot undo that: env(1) of coreutils 8.31 can.
   */
  private static Process start(String command) {
    List<String> shell = List.of("env", "--default-signal", "sh", "-c", command);
    try {
      return new ProcessBuilder(shell).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void setting(String path, String value) {
    try {
      Files.writeString(Path.of("/proc/sys").resolve(path), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress numeric(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  @Override
  public void close() {
    host.close();
    remote.close();
  }
}
