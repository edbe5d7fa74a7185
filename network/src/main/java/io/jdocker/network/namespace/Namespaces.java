package io.jdocker.network.namespace;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;

/**
 * The containers' network namespaces. Each is pinned by a bind mount on {@code ROOT/netns/ID}, and
 * named by a symbolic link to that in /run/netns, where ip-netns(8) looks: a second bind mount
 * would be one more mount for every clone(2) with CLONE_NEWNS to copy. Thread-safe.
 */
public final class Namespaces implements AutoCloseable {
  /** Where engines pin namespaces: ROOT/netns and the short id of the container. */
  private static final Pattern PIN = Pattern.compile("/.+/netns/[0-9a-f]{12}");

  private final Kernel kernel;
  private final Path pins;
  private final Path names;
  private final SpareNamespaces spares;
  private final SpareNamespaces namedSpares;

  /** Namespaces that are fresh and no more. */
  public Namespaces(Kernel kernel, Path pins, Path names, int spareCount) {
    this(kernel, pins, names, spareCount, fd -> {});
  }

  /**
   * Namespaces below a folder.
   *
   * @param nameRules sets the rules for the name server in a namespace; as that takes long, it is
   *     done ahead of need once there was need
   */
  public Namespaces(Kernel kernel, Path pins, Path names, int spareCount, Consumer<Fd> nameRules) {
    this.kernel = kernel;
    this.pins = pins;
    this.names = names;
    this.spares = new SpareNamespaces(kernel, spareCount, UnaryOperator.identity());
    this.namedSpares =
        new SpareNamespaces(
            kernel,
            spareCount,
            made -> {
              nameRules.accept(made.fd());
              return made.withNames();
            });
  }

  /** Where the namespace of that id is or would be pinned. */
  public Path pin(String id) {
    return pins.resolve(id);
  }

  /** Makes a namespace and pins it; the caller closes what is returned. */
  public OpenNamespace create(String id, String name, Trace trace) {
    return create(id, name, spares::take, trace);
  }

  /** The same, if possible with the rules for the name server in it. */
  public OpenNamespace createNamed(String id, String name, Trace trace) {
    return create(id, name, () -> namedSpares.poll().orElseGet(spares::take), trace);
  }

  /** Pins a namespace that somebody else has just made, and prepares it. */
  public OpenNamespace adopt(String id, String name, Fd fresh, Trace trace) {
    NamespaceMaker maker = new NamespaceMaker(kernel);
    return create(id, name, () -> new NamespaceThread(kernel).within(fresh, maker::prepare), trace);
  }

  private OpenNamespace create(String id, String name, Supplier<OpenNamespace> fresh, Trace trace) {
    long start = System.nanoTime();
    Path pin = pin(id);
    try {
      Files.createDirectories(pins);
      Files.createFile(pin);
    } catch (IOException e) {
      throw new SystemFailure("cannot pin a network namespace at " + pin + ": " + e, e);
    }
    try (Undo undo = new Undo()) {
      undo.push("remove " + pin, () -> remove(id));
      OpenNamespace namespace = fresh.get();
      undo.push("let go of the namespace", namespace::close);
      kernel
          .mounts()
          .mount(namespace.fd().procPath(), pin.toString(), null, MountCalls.MS_BIND, null);
      undo.commit();
      record(name, start, trace);
      return namespace;
    }
  }

  private static void record(String name, long start, Trace trace) {
    trace.record(
        Stage.NETWORK,
        "make the container's network namespace and give it a name",
        () -> "unshare(CLONE_NEWNET)",
        "0",
        start,
        () -> "ip netns add " + name);
    trace.record(
        Stage.NETWORK,
        "bring its loopback up",
        () -> "RTM_NEWLINK index=1 IFF_UP",
        "0",
        0,
        () -> "ip -n " + name + " link set lo up");
    NamespaceMaker.SETTINGS.forEach(setting -> record(name, setting, trace));
  }

  private static void record(String name, NamespaceMaker.Setting setting, Trace trace) {
    String assignment = setting.name() + "=" + setting.value();
    trace.record(
        Stage.NETWORK,
        "set " + setting.name() + " in the namespace",
        () -> "write(" + setting.path() + ", \"" + setting.value() + "\")",
        Integer.toString(setting.value().length()),
        0,
        () -> "ip netns exec " + name + " sysctl -qw '" + assignment + "'");
  }

  /** Links that come into the namespace from now on have IPv6, and listen to no router. */
  public void allowIpv6(OpenNamespace namespace, String name, Trace trace) {
    apply(namespace, name, NamespaceMaker.WITH_IPV6, trace);
  }

  /** Links that come from now on have none again. */
  public void forbidIpv6(OpenNamespace namespace, String name, Trace trace) {
    apply(namespace, name, NamespaceMaker.WITHOUT_IPV6, trace);
  }

  private void apply(
      OpenNamespace namespace, String name, List<NamespaceMaker.Setting> settings, Trace trace) {
    NamespaceMaker maker = new NamespaceMaker(kernel);
    new NamespaceThread(kernel)
        .within(
            namespace.fd(),
            () -> {
              settings.forEach(maker::apply);
              return true;
            });
    settings.forEach(setting -> record(name, setting, trace));
  }

  /** Opens a pinned namespace and a netlink socket inside it. */
  public OpenNamespace open(String id) {
    Fd fd = openFile(pin(id));
    try {
      return new OpenNamespace(
          fd, new NamespaceThread(kernel).within(fd, () -> Rtnetlink.open(kernel)), false);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** Makes sure that a file stands for a network namespace. */
  public void requireNamespace(Path file) {
    try (Fd fd = openFile(file)) {
      new NamespaceThread(kernel).within(fd, () -> true);
    } catch (SyscallException e) {
      throw new InvalidArgument(
          file + " is not a network namespace: make one with ip netns add NAME", e);
    }
  }

  private Fd openFile(Path file) {
    try {
      return kernel.files().open(file.toString(), OpenFlags.O_RDONLY, 0);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT)) {
        throw new NotFound("network namespace " + file + " does not exist", e);
      }
      throw e;
    }
  }

  /** A free name in /run/netns: the wanted one, or with the id behind it. */
  public String freeName(String wanted, String id) {
    Path link = names.resolve(wanted);
    return Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isDangling(link)
        ? wanted + "-" + id
        : wanted;
  }

  /** A name whose namespace is gone, as an engine leaves it whose root was deleted. */
  private static boolean isDangling(Path link) {
    return Files.isSymbolicLink(link) && !Files.exists(link);
  }

  /** Makes the name of a pinned namespace. */
  public void name(String id, String name) {
    Path link = names.resolve(name);
    try {
      Files.createDirectories(names);
      if (isDangling(link)) {
        Files.deleteIfExists(link);
      }
      Files.createSymbolicLink(link, pin(id).toAbsolutePath());
    } catch (FileAlreadyExistsException e) {
      if (!ours(link, id)) {
        throw new SystemFailure("network namespace name " + name + " was taken meanwhile", e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a name, if it is one of ours for that namespace. */
  public void unname(String id, String name) {
    Path link = names.resolve(name);
    if (ours(link, id)) {
      try {
        Files.deleteIfExists(link);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private boolean ours(Path link, String id) {
    try {
      return Files.readSymbolicLink(link).equals(pin(id).toAbsolutePath());
    } catch (IOException notOurs) {
      return false;
    }
  }

  /** Unpins a namespace; the kernel removes it once no process is in it. Idempotent. */
  public void remove(String id) {
    Path pin = pin(id);
    if (!Files.exists(pin)) {
      return;
    }
    try {
      kernel.mounts().unmount(pin.toString(), MountCalls.MNT_DETACH | MountCalls.UMOUNT_NOFOLLOW);
    } catch (SyscallException e) {
      if (!e.is(Errno.EINVAL)) { // EINVAL: a crash came between the file and the mount
        throw e;
      }
    }
    try {
      Files.deleteIfExists(pin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ids of all pinned namespaces. */
  public List<String> list() {
    if (!Files.isDirectory(pins)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(pins)) {
      return files.map(p -> p.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes every name that points to a pin that is not there: our own, and those of an engine
   * whose root was deleted with containers on it, which nobody else would ever remove.
   */
  public void removeDanglingNames() {
    if (!Files.isDirectory(names)) {
      return;
    }
    try (Stream<Path> links = Files.list(names)) {
      for (Path link : links.filter(Files::isSymbolicLink).toList()) {
        Path target = readLink(link);
        boolean pin =
            target.startsWith(pins.toAbsolutePath()) || PIN.matcher(target.toString()).matches();
        if (pin && !Files.exists(target)) {
          Files.deleteIfExists(link);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path readLink(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link);
    } catch (NoSuchFileException removedMeanwhile) {
      return Path.of("");
    }
  }

  /** Gives the spare namespaces back; pinned ones stay. */
  @Override
  public void close() {
    spares.close();
    namedSpares.close();
  }
}
