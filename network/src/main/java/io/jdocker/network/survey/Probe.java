package io.jdocker.network.survey;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.netlink.Rtnetlink;
import java.util.function.Supplier;

/** A network namespace held open to ask the kernel about it. */
public final class Probe implements AutoCloseable {
  private final NamespaceThread threads;
  private final Fd namespace;
  private final Rtnetlink netlink;

  private Probe(NamespaceThread threads, Fd namespace, Rtnetlink netlink) {
    this.threads = threads;
    this.namespace = namespace;
    this.netlink = netlink;
  }

  /**
   * Opens the namespace that a file stands for.
   *
   * @throws io.jdocker.linux.SyscallException ENOENT where it is gone, EINVAL where it is none
   */
  static Probe open(Kernel kernel, String file) {
    Fd namespace = kernel.files().open(file, OpenFlags.O_RDONLY, 0);
    try {
      NamespaceThread threads = new NamespaceThread(kernel);
      Rtnetlink netlink = threads.within(namespace, () -> Rtnetlink.open(kernel));
      return new Probe(threads, namespace, netlink);
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  public Rtnetlink netlink() {
    return netlink;
  }

  /** Runs work on a thread of the namespace. */
  public <T> T inside(Supplier<T> work) {
    return threads.within(namespace, work);
  }

  Fd namespace() {
    return namespace;
  }

  @Override
  public void close() {
    netlink.close();
    namespace.close();
  }
}
