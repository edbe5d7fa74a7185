package io.jdocker.cli.copy;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** From a container to this machine, or to standard output as a tar. */
final class CopyOut {
  private final Session session;
  private final boolean follow;
  private final boolean quiet;

  CopyOut(Session session, boolean follow, boolean quiet) {
    this.session = session;
    this.follow = follow;
    this.quiet = quiet;
  }

  void run(String container, String typed, String target) throws IOException {
    boolean toStream = target.equals("-");
    if (!toStream) {
      checkParent(target);
    }
    String path = follow ? followed(container, typed) : typed;
    Query query = Query.of("/containers/", container, "/archive").with("path", path);
    try (Response response = session.api().open("GET", query)) {
      if (toStream) {
        response.body().transferTo(session.console().out());
        return;
      }
      unpack(RemoteFile.of(response).isFolder(), typed, path, target, response);
    }
  }

  private static void checkParent(String target) {
    Path parent = Path.of(target).toAbsolutePath().normalize().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new CommandFailure(
          "invalid output path: directory \"" + Placement.parent(target) + "\" does not exist");
    }
  }

  private String followed(String container, String path) throws IOException {
    Optional<RemoteFile> file = RemoteFile.find(session.api(), container, path);
    String link = file.map(RemoteFile::linkTarget).orElse("");
    return link.isEmpty() ? path : link;
  }

  private void unpack(boolean isFolder, String typed, String path, String target, Response body)
      throws IOException {
    Path local = Path.of(target);
    Placement place =
        Placement.of(
            Placement.sourceName(typed),
            isFolder,
            target,
            Files.exists(local),
            Files.isDirectory(local));
    Path folder = Path.of(place.folder()).toRealPath();
    CountedBytes counted = new CountedBytes(body.body());
    String member = Placement.sourceName(path);
    new LocalUnpack(folder, member, place.name()).run(counted);
    counted.drain();
    if (!quiet && StandardStream.isTerminal(2)) {
      session
          .console()
          .error("Successfully copied " + HumanSize.of(counted.count()) + " to " + target);
    }
  }

  /** Counts what passes. */
  private static final class CountedBytes extends java.io.FilterInputStream {
    private long count;

    CountedBytes(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int single = super.read();
      count += single < 0 ? 0 : 1;
      return single;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }

    /** To the end, so that an archive that was cut short is an error. */
    void drain() throws IOException {
      transferTo(java.io.OutputStream.nullOutputStream());
    }

    long count() {
      return count;
    }
  }
}
