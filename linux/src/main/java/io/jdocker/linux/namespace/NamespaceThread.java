package io.jdocker.linux.namespace;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.ProcessCalls;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Runs work on a thread of its own that has entered a namespace, and waits for it. */
public final class NamespaceThread {
  private static final int CLONE_FS = 0x200;

  private final Kernel kernel;

  public NamespaceThread(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Runs the work in the namespace that the descriptor stands for. */
  public <T> T within(Fd networkNamespace, Supplier<T> work) {
    return run(
        () -> {
          kernel.processes().enterNamespace(networkNamespace, ProcessCalls.CLONE_NEWNET);
          return work.get();
        });
  }

  /**
   * Runs the work in a new network namespace, which ends with it unless the work pins it
   * (/proc/thread-self/ns/net) or keeps a socket of it.
   */
  public <T> T inNew(Supplier<T> work) {
    return run(
        () -> {
          kernel.processes().unshare(ProcessCalls.CLONE_NEWNET);
          return work.get();
        });
  }

  /**
   * Runs the work in the mount namespace of a process, whose root is then the thread's: only system
   * calls are to be made there, as the JVM would load its own files from that root.
   *
   * @param process a pidfd of it
   */
  public <T> T withinMounts(Fd process, Supplier<T> work) {
    return run(
        () -> {
          // setns(2) moves root and working directory, which the JVM's threads share.
          kernel.processes().unshare(CLONE_FS);
          kernel.processes().enterNamespace(process, ProcessCalls.CLONE_NEWNS);
          return work.get();
        });
  }

  /**
   * Runs the work on a thread whose new files belong to another user, with all of the caller's
   * capabilities: setfsuid(2).
   */
  public <T> T asFileOwner(int user, int group, Supplier<T> work) {
    return run(
        () -> {
          kernel.processes().makeFilesAs(user, group);
          return work.get();
        });
  }

  private static <T> T run(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "namespace");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // the work is short and must not be left half done
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
