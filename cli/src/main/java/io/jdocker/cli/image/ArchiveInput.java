package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Console;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The archive a verb reads: a file, or standard input. */
public final class ArchiveInput {
  private static final int BUFFER_SIZE = 64 * 1024;

  private ArchiveInput() {}

  /** Opens {@code source}; {@code -} is standard input. */
  static InputStream open(String source, Console console) throws IOException {
    if (source.equals("-")) {
      return console.in();
    }
    Path file = Path.of(source);
    if (Files.isDirectory(file)) {
      throw new CommandFailure("read " + source + ": is a directory");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("open " + source + ": no such file or directory");
    }
  }

  /** Standard input, refused when somebody would have to type the archive. */
  static InputStream standard(Console console) {
    if (StandardStream.isTerminal(0)) {
      throw new CommandFailure("requested load from stdin, but stdin is empty");
    }
    return console.in();
  }

  /** Copies bit by bit: a pipe cannot be asked where it stands, as FileInputStream would. */
  public static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_SIZE];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }
}
