package io.jdocker.network.namespace;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.Rtnetlink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jnr.constants.platform.Errno;

/**
 * Makes a network namespace ready for a container: lo up, and the settings Docker gives it.
 * Stateless.
 */
final class NamespaceMaker {
  private static final int LOOPBACK = 1; // lo is the first link of every namespace

  /** A setting of the namespace, below /proc/sys. */
  record Setting(String name, String value) {
    String path() {
      return "/proc/sys/" + name.replace('.', '/');
    }
  }

  /**
   * Everybody may bind port 80 and send pings, as there is nobody else in the namespace. Links to
   * come have no IPv6, but ::1 stays on lo: programs expect localhost to work.
   */
  static final List<Setting> SETTINGS =
      List.of(
          new Setting("net.ipv4.ip_unprivileged_port_start", "0"),
          new Setting("net.ipv4.ping_group_range", "0 2147483647"),
          new Setting("net.ipv6.conf.default.disable_ipv6", "1"));

  /**
   * For a link on a network with IPv6. Its addresses come from the engine: no router is listened
   * to, and as nobody else can have them they are not asked for on the link first, which takes a
   * second.
   */
  static final List<Setting> WITH_IPV6 =
      List.of(
          new Setting("net.ipv6.conf.default.accept_ra", "0"),
          new Setting("net.ipv6.conf.default.accept_dad", "0"),
          new Setting("net.ipv6.conf.default.disable_ipv6", "0"));

  static final List<Setting> WITHOUT_IPV6 =
      List.of(new Setting("net.ipv6.conf.default.disable_ipv6", "1"));

  private final Kernel kernel;

  NamespaceMaker(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Moves the <em>calling thread</em> into a new namespace and prepares it. */
  OpenNamespace make() {
    kernel.processes().unshare(io.jdocker.linux.ProcessCalls.CLONE_NEWNET);
    return prepare();
  }

  /** Prepares the calling thread's namespace. */
  OpenNamespace prepare() {
    Fd fd = kernel.files().open("/proc/thread-self/ns/net", OpenFlags.O_RDONLY, 0);
    try {
      Rtnetlink netlink = Rtnetlink.open(kernel);
      try {
        netlink.links().setUp(LOOPBACK);
        SETTINGS.forEach(this::apply);
        return new OpenNamespace(fd, netlink, false);
      } catch (RuntimeException e) {
        netlink.close();
        throw e;
      }
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** /proc/sys/net is that of the thread that opens it. A kernel without IPv6 lacks some. */
  void apply(Setting setting) {
    byte[] value = setting.value().getBytes(StandardCharsets.US_ASCII);
    try (Fd file = kernel.files().open(setting.path(), OpenFlags.O_WRONLY, 0)) {
      kernel.files().writeFully(file, value, 0, value.length);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }
}
