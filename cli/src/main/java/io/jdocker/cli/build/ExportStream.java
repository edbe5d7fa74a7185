package io.jdocker.cli.build;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;

/** What a build gives away: it comes as base64 in the lines of its answer, one after another. */
final class ExportStream extends InputStream {
  private static final String FIELD = "jdocker.export";

  private final JsonLines lines;
  private ApiObject line;
  private byte[] piece;
  private int at;

  /**
   * @param first line that has a piece of it
   */
  ExportStream(ApiObject first, JsonLines lines) {
    this.lines = lines;
    this.line = first;
    this.piece = decode(first);
  }

  static boolean begins(ApiObject line) {
    return line.has(FIELD);
  }

  private static byte[] decode(ApiObject line) {
    return Base64.getDecoder().decode(line.text(FIELD));
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (at == piece.length) {
      if (!begins(line)) {
        return -1;
      }
      line = lines.next().orElseThrow(() -> new CommandFailure("the daemon ended the export"));
      if (line.has("error")) {
        // What came so far is no whole: the reader is to throw it away.
        throw new CommandFailure(line.text("error"));
      }
      piece = begins(line) ? decode(line) : new byte[0];
      at = 0;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, target, offset, count);
    at += count;
    return count;
  }

  /** The line behind it. */
  Optional<ApiObject> rest() throws IOException {
    skip(Long.MAX_VALUE);
    return Optional.of(line);
  }
}
