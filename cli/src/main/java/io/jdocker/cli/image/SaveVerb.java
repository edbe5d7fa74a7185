package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** {@code jdocker save}: to a file that appears whole or not at all, or to standard output. */
public final class SaveVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "save",
            "[OPTIONS] IMAGE [IMAGE...]",
            "Save one or more images to a tar archive (streamed to STDOUT by default)",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.STRING, 'o', "output", "Write to a file, instead of STDOUT")
                .add(
                    FlagKind.STRING,
                    "platform",
                    "Save only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")"))
        .alsoCalled("image save", "save");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String file = line.text("output");
    if (file.isEmpty() && StandardStream.isTerminal(1)) {
      throw new CommandFailure(
          "cowardly refusing to save to a terminal. Use the -o flag or redirect");
    }
    Path target = Path.of(file).toAbsolutePath();
    if (!file.isEmpty() && !Files.isDirectory(target.getParent())) {
      throw new CommandFailure(
          "failed to save image: invalid output path: stat "
              + target.getParent()
              + ": no such file or directory");
    }
    Query query = Query.of("/images/get").with("platform", line.text("platform"));
    for (String image : line.arguments()) {
      query.with("names", image);
    }
    try (Response archive = session.api().open("GET", query)) {
      if (file.isEmpty()) {
        ArchiveInput.copy(archive.body(), session.console().out());
      } else {
        saveTo(target, archive);
      }
    }
    return 0;
  }

  private static void saveTo(Path file, Response archive) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A device or pipe is written to directly.
      try (OutputStream out = Files.newOutputStream(file)) {
        ArchiveInput.copy(archive.body(), out);
      }
      return;
    }
    Path part = Files.createTempFile(file.getParent(), ".jdocker_save", null);
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        ArchiveInput.copy(archive.body(), out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
