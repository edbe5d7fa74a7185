package io.jdocker.runtime.build;

import io.jdocker.images.tree.TreeRoot;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files a build is made from: the Dockerfile, what is to be ignored, and the rest. */
final class BuildContext {
  private static final int LARGEST_TEXT = 4 << 20;
  private static final String DEFAULT_DOCKERFILE = "Dockerfile";

  private final Kernel kernel;
  private final TreeRoot root;
  private final String dockerfile;

  /**
   * @param root the context's folder, the caller's
   * @param dockerfile path in it; empty: Dockerfile
   */
  BuildContext(Kernel kernel, Fd root, String dockerfile) {
    this.kernel = kernel;
    this.root = new TreeRoot(kernel, root);
    this.dockerfile = dockerfile.isEmpty() ? DEFAULT_DOCKERFILE : dockerfile;
  }

  TreeRoot root() {
    return root;
  }

  /**
   * The Dockerfile's text.
   *
   * @throws InvalidArgument with Docker's wording
   */
  String dockerfile() {
    return read(dockerfile)
        .or(() -> dockerfile.equals(DEFAULT_DOCKERFILE) ? read("dockerfile") : Optional.empty())
        .orElseThrow(
            () -> new InvalidArgument("Cannot locate specified Dockerfile: " + dockerfile));
  }

  /** What COPY and ADD do not see: {@code NAME.dockerignore} beside the Dockerfile wins. */
  IgnoreFile ignored() {
    return read(dockerfile + ".dockerignore")
        .or(() -> read(".dockerignore"))
        .map(IgnoreFile::parse)
        .orElseGet(IgnoreFile::empty);
  }

  private Optional<String> read(String path) {
    try (Fd file = root.open(path)) {
      FileStatus status = kernel.files().status(file);
      if (!status.isRegular() || status.size() > LARGEST_TEXT) {
        throw new InvalidArgument(
            path + " of the build context is no regular file of at most 4 MiB");
      }
      try (InputStream content = Files.newInputStream(Path.of(file.procPath()))) {
        return Optional.of(new String(content.readNBytes(LARGEST_TEXT), StandardCharsets.UTF_8));
      }
    } catch (SyscallException e) {
      if (TreeRoot.isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new InvalidArgument("cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
