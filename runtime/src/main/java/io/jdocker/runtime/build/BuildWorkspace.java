package io.jdocker.runtime.build;

import io.jdocker.images.compression.Compression;
import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.images.tree.TreeWriter;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder of one build, {@code ROOT/build/NAME}: the context as the client sent it, and files made
 * for RUN steps. Gone with the build; after a crash, at the next start. Thread-safe.
 */
final class BuildWorkspace implements AutoCloseable {
  private static final String CONTEXT = "context";
  private static final String SECRETS = "secrets";

  private final Kernel kernel;
  private final Path folder;
  private final SecretFiles secrets;
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicInteger containers = new AtomicInteger();

  /**
   * @param folder new; only its owner may look inside
   */
  BuildWorkspace(Kernel kernel, Path folder) {
    this.kernel = kernel;
    this.folder = folder;
    this.secrets = new SecretFiles(kernel, folder.resolve(SECRETS));
    try {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createDirectory(folder.resolve(CONTEXT));
    } catch (IOException e) {
      throw new SystemFailure("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** Secrets for steps. */
  SecretFiles secrets() {
    return secrets;
  }

  /** Removes what a build left that was cut short. */
  static void remove(Kernel kernel, Path folder) {
    SecretFiles.unmount(kernel, folder.resolve(SECRETS));
    TreeRemover.remove(folder);
  }

  /** The context's folder. */
  Path context() {
    return folder.resolve(CONTEXT);
  }

  /** A name for a container or snapshot of this build: it begins with the build's own. */
  String nextContainerName() {
    return name() + "_" + containers.getAndIncrement();
  }

  /** A name for a file of this build. */
  Path newFile() {
    return folder.resolve("file-" + files.getAndIncrement());
  }

  /**
   * Unpacks the context, plain or compressed. Nothing of it comes to lie outside, whatever its
   * names and links say; device nodes are refused.
   */
  void unpack(InputStream archive) {
    BufferedInputStream head = Compression.buffered(archive);
    try (Fd root = open();
        TreeWriter writer =
            new TreeWriter(new TreeRoot(kernel, root), "/", WriteRules.context(), warning -> {});
        InputStream plain = Compression.detect(head).open(head)) {
      writer.unpack(new TarReader(plain));
    } catch (TarFormatException | EOFException e) {
      throw new InvalidArgument("cannot read the build context: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new SystemFailure("cannot unpack the build context: " + e.getMessage(), e);
    }
  }

  /** The context's root; the caller closes it. */
  Fd open() {
    return kernel.files().open(context().toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
  }

  @Override
  public void close() {
    secrets.close();
    TreeRemover.remove(folder);
  }
}
