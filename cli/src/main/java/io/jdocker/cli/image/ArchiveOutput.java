package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where an archive from the engine goes: a file that appears whole or not at all, or a stream. */
public final class ArchiveOutput {
  private final String verb;
  private final String object;
  private final String file;

  /**
   * @param verb with its object, for messages: save, image
   * @param file empty: standard output
   */
  public ArchiveOutput(String verb, String object, String file) {
    this.verb = verb;
    this.object = object;
    this.file = file;
  }

  /** Asks for the archive and writes it. */
  public void receive(Session session, Query query) throws IOException {
    if (file.isEmpty() && StandardStream.isTerminal(1)) {
      throw new CommandFailure(
          "cowardly refusing to " + verb + " to a terminal. Use the -o flag or redirect");
    }
    Path target = Path.of(file).toAbsolutePath();
    if (!file.isEmpty() && !Files.isDirectory(target.getParent())) {
      throw new CommandFailure(
          "failed to "
              + verb
              + " "
              + object
              + ": invalid output path: stat "
              + target.getParent()
              + ": no such file or directory");
    }
    try (Response archive = session.api().open("GET", query)) {
      if (file.isEmpty()) {
        ArchiveInput.copy(archive.body(), session.console().out());
      } else {
        writeTo(target, archive);
      }
    }
  }

  private void writeTo(Path target, Response archive) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      // A device or pipe is written to directly.
      try (OutputStream out = Files.newOutputStream(target)) {
        ArchiveInput.copy(archive.body(), out);
      }
      return;
    }
    Path part = Files.createTempFile(target.getParent(), ".jdocker_" + verb, null);
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        ArchiveInput.copy(archive.body(), out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
