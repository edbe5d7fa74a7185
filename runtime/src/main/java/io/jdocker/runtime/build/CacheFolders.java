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

  /** The folder of an id, made where missing. */
  Path folder(String id) {
    Path folder = root.resolve(Digest.of(id.getBytes(StandardCharsets.UTF_8)).hex());
    try {
      return Files.createDirectories(folder);
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
    Semaphore lock = locks.computeIfAbsent(id, key -> new Semaphore(1));
    lock.acquireUninterruptibly();
    return lock::release;
  }
}
