package io.jdocker.cli.copy;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Request;
import io.jdocker.cli.image.ArchiveInput;
import io.jdocker.cli.terminal.StandardStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** From this machine to a container, or a tar from standard input. */
final class CopyIn {
  private static final int BUFFER = 1 << 16;

  private final Session session;
  private final boolean follow;
  private final boolean quiet;
  private final boolean asContainersUser;

  CopyIn(Session session, boolean follow, boolean quiet, boolean asContainersUser) {
    this.session = session;
    this.follow = follow;
    this.quiet = quiet;
    this.asContainersUser = asContainersUser;
  }

  void run(String source, String container, String typed) throws IOException {
    Optional<RemoteFile> there = RemoteFile.find(session.api(), container, typed);
    String target = typed;
    if (there.isPresent() && !there.get().linkTarget().isEmpty()) {
      target = there.get().linkTarget();
      there = RemoteFile.find(session.api(), container, target);
    }
    boolean targetIsFolder = there.map(RemoteFile::isFolder).orElse(false);
    if (source.equals("-")) {
      if (!targetIsFolder) {
        throw new CommandFailure(
            "destination \"" + container + ":" + typed + "\" must be a directory");
      }
      send(container, target, out -> ArchiveInput.copy(session.console().in(), out));
      return;
    }
    Path file = source(source);
    boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    Placement place =
        Placement.of(
            Placement.sourceName(source), isFolder, target, there.isPresent(), targetIsFolder);
    long size = send(container, place.folder(), out -> pack(file, place.name(), out));
    if (!quiet && StandardStream.isTerminal(2)) {
      session
          .console()
          .error("Successfully copied " + HumanSize.of(size) + " to " + container + ":" + typed);
    }
  }

  private Path source(String typed) throws IOException {
    Path path = Path.of(typed);
    boolean through = follow || typed.endsWith("/") || typed.endsWith("/.") || typed.equals(".");
    LinkOption[] how = through ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (!Files.exists(path, how)) {
      throw new CommandFailure("lstat " + path.toAbsolutePath() + ": no such file or directory");
    }
    if (typed.endsWith("/") && !Files.isDirectory(path)) {
      throw new CommandFailure("lstat " + path.toAbsolutePath() + "/: not a directory");
    }
    return through ? path.toRealPath() : path;
  }

  private static void pack(Path file, String name, OutputStream out) throws IOException {
    LocalTree tree = new LocalTree(out);
    tree.add(file, name, member -> true);
    tree.finish();
  }

  private long send(String container, String folder, Request.Source content) throws IOException {
    Query query =
        Query.of("/containers/", container, "/archive")
            .with("path", folder)
            .with("noOverwriteDirNonDir", "true")
            .when(asContainersUser, "copyUIDGID");
    CountedOutput[] counted = new CountedOutput[1];
    session
        .api()
        .put(
            query,
            "application/x-tar",
            out -> {
              counted[0] = new CountedOutput(new BufferedOutputStream(out, BUFFER));
              content.writeTo(counted[0]);
              counted[0].flush();
            });
    return counted[0].count;
  }

  /** Counts what passes. */
  private static final class CountedOutput extends FilterOutputStream {
    private long count;

    CountedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int single) throws IOException {
      out.write(single);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
