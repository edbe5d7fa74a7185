package io.jdocker.runtime.build;

import io.jdocker.images.Digest;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Folders behind {@code RUN --mount=type=cache}, which outlive builds. An id is only hashed, never
 * part of a path: "../.." is an id like any other (CVE-2024-9675). Thread-safe.
 */
final class CacheFolders {
  private final Path root;
  private final Map<String, Semaphore> locks = new ConcurrentHashMap<>();

  CacheFolders(Path root) {
    this.root = root;
  }

  /** How a new folder is filled. */
  @FunctionalInterface
  interface Filling {
    /** Fills a folder that is not there yet: makes it. */
    void make(Path folder) throws IOException;
  }

  /** The folder of an id; where it is missing it is made, all of it or nothing. */
  synchronized Path folder(String id, Filling filling) {
    Path folder = root.resolve(Digest.of(id.getBytes(StandardCharsets.UTF_8)).hex());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path fresh = root.resolve("new");
    try {
      Files.createDirectories(root);
      TreeRemover.remove(fresh);
      filling.make(fresh);
      return Files.move(fresh, folder);
    } catch (IOException e) {
      throw new SystemFailure("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Deletes all that is in them. A step that has one mounted goes on with an empty one. */
  void clear() {
    TreeRemover.remove(root);
  }

  /** Waits until nobody else has the cache locked; running the result unlocks it. */
  Runnable lock(String id) {
    Semaphore lock = lockOf(id);
    lock.acquireUninterruptibly();
    return lock::release;
  }

  /** A cache that one step has alone. */
  record Held(String id, Runnable release) {}

  /** The first cache of that name, or of that name and a number, that nobody has. */
  Held lockPrivate(String id) {
    for (int i = 1; ; i++) {
      String name = i == 1 ? id : id + "#" + i;
      Semaphore lock = lockOf(name);
      if (lock.tryAcquire()) {
        return new Held(name, lock::release);
      }
    }
  }

  private Semaphore lockOf(String id) {
    return locks.computeIfAbsent(id, key -> new Semaphore(1));
  }
}
