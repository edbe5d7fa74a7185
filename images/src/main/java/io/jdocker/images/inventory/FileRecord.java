package io.jdocker.images.inventory;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One file of a layer.
 *
 * @param mode permission bits
 * @param size bytes of a regular file
 * @param checksum CRC-32 of its content; -1 where there is none
 * @param path from the layer's root, without a leading slash; "." for the root
 * @param link what a link leads to; of a hard link, a path like the others
 */
public record FileRecord(
    Kind kind, int mode, long uid, long gid, long size, long checksum, String path, String link) {
  /** What stands there, or no longer does. */
  public enum Kind {
    FILE('f'),
    FOLDER('d'),
    SYMBOLIC_LINK('l'),
    HARD_LINK('h'),
    DEVICE('n'),
    FIFO('p'),
    /** The file of lower layers is hidden. */
    HIDDEN('w'),
    /** All that lower layers have in the folder is hidden. */
    OPAQUE('o');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** For people and programs: {@code file}, {@code symbolic-link}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Kind of(String text) throws IOException {
      for (Kind kind : values()) {
        if (text.equals(String.valueOf(kind.letter))) {
          return kind;
        }
      }
      throw new IOException("unknown kind of file: " + text);
    }
  }

  private static final int FIELDS = 8;

  /** Hides something, and is no file itself. */
  static FileRecord hiding(Kind kind, String path) {
    return new FileRecord(kind, 0, 0, 0, 0, -1, path, "");
  }

  /** As one line, without its end. */
  String line() {
    return kind.letter
        + "\t"
        + Integer.toOctalString(mode)
        + "\t"
        + uid
        + "\t"
        + gid
        + "\t"
        + size
        + "\t"
        + (checksum < 0 ? "-" : Long.toHexString(checksum))
        + "\t"
        + escaped(path)
        + "\t"
        + escaped(link);
  }

  /**
   * Reads a line.
   *
   * @throws IOException when it is none
   */
  static FileRecord parse(String line) throws IOException {
    List<String> fields = List.of(line.split("\t", -1));
    if (fields.size() != FIELDS) {
      throw new IOException("a line of " + fields.size() + " fields");
    }
    try {
      return new FileRecord(
          Kind.of(fields.get(0)),
          Integer.parseInt(fields.get(1), 8),
          Long.parseLong(fields.get(2)),
          Long.parseLong(fields.get(3)),
          Long.parseLong(fields.get(4)),
          fields.get(5).equals("-") ? -1 : Long.parseLong(fields.get(5), 16),
          plain(fields.get(6)),
          plain(fields.get(7)));
    } catch (NumberFormatException e) {
      throw new IOException("a line with a broken number", e);
    }
  }

  private static String escaped(String text) {
    boolean simple = text.chars().allMatch(c -> c > ' ' - 1 && c != '%' && c != 0x7f);
    if (simple) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '%' || c == 0x7f) {
        escaped.append('%').append(HexFormat.of().toHexDigits((byte) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String plain(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%' && i + 2 < text.length()) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
