package io.jdocker.runtime.fault;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.NetworkOptions;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.EngineOptions;
import io.jdocker.runtime.container.Container;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * An engine whose root is a small file system of its own, on a thread with a mount namespace in
 * which alone that is mounted. It can be filled to the last byte and emptied again.
 */
final class SmallDisk implements AutoCloseable {
  private static final String SIZE = "size=16m,nr_inodes=4000";
  private static final int BLOCK = 4096;

  private final Kernel kernel = Kernel.load();
  private final HostNamespaces machines = HostNamespaces.create(kernel);
  private final ExecutorService thread;
  private final Path root;
  private final Path filler;
  private Thread owner;
  private Engine engine;

  /** Work on the thread that sees the disk. */
  @FunctionalInterface
  interface Work {
    void run(Engine engine) throws Exception;
  }

  SmallDisk() throws Exception {
    root = Files.createTempDirectory("jdocker-fault");
    filler = root.resolve("filler");
    // A thread made in the machine's network namespace is in it.
    thread = machines.run(SmallDisk::newThread);
    with(
        none -> {
          owner = Thread.currentThread();
          kernel.processes().unshare(ProcessCalls.CLONE_NEWNS);
          kernel.mounts().mount(null, "/", null, MountCalls.MS_PRIVATE | MountCalls.MS_REC, null);
          kernel.mounts().mount("tmpfs", root.toString(), "tmpfs", 0, SIZE);
          engine = Engine.open(options(), kernel);
          BusyboxImage.importInto(engine.images(), "busybox:latest");
        });
  }

  private static ExecutorService newThread() {
    ExecutorService one = Executors.newSingleThreadExecutor();
    one.execute(() -> Thread.currentThread().setName("small disk")); // which starts it
    return one;
  }

  private EngineOptions options() {
    return EngineOptions.of(root)
        .withCgroupParent("/jdocker-test-" + root.getFileName())
        .withNetwork(NetworkOptions.of(root).withSpareNamespaces(0));
  }

  void with(Work work) throws Exception {
    call(
        () -> {
          work.run(engine);
          return true;
        });
  }

  <T> T call(Callable<T> work) throws Exception {
    if (Thread.currentThread() == owner) {
      return work.call();
    }
    try {
      return thread.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the disk was in use", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    }
  }

  Path root() {
    return root;
  }

  /** Takes all that is free, to the last byte. */
  void fill() throws Exception {
    call(
        () -> {
          try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
              out.write(new byte[BLOCK]);
            }
          } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
              throw full;
            }
            return true;
          }
        });
  }

  /** Gives the room back. */
  void empty() throws Exception {
    call(() -> Files.deleteIfExists(filler));
  }

  /** Another engine takes over, as after a restart of the daemon. */
  void restart() throws Exception {
    with(
        old -> {
          old.close();
          engine = Engine.open(options(), kernel);
        });
  }

  /** Every file of the engine. */
  Set<String> files() throws Exception {
    return call(
        () -> {
          try (Stream<Path> files = Files.walk(root)) {
            TreeSet<String> names = new TreeSet<>();
            files.filter(file -> !file.equals(filler)).forEach(file -> names.add(file.toString()));
            return names;
          }
        });
  }

  @Override
  public void close() {
    try {
      empty();
      with(this::clear);
      thread.shutdown();
      machines.close();
      Files.delete(root);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void clear(Engine last) {
    for (Container container : List.copyOf(last.containers().list())) {
      last.containers().remove(container.id().hex(), true, true);
    }
    last.close();
    kernel.mounts().unmount(root.toString(), MountCalls.MNT_DETACH);
  }
}
