package io.jdocker.images.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a PAX extended header, {@code "length key=value\n"}, values as bytes: an extended
 * attribute may hold anything.
 */
final class PaxRecords {
  /**
   * One record; a key may come several times in GNU's sparse format 0.0.
   *
   * @param value its bytes, as characters 0 to 255
   */
  private record Entry(String key, String value) {
    byte[] bytes() {
      return value.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static final String XATTR = "SCHILY.xattr.";
  private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";

  private final List<Entry> entries;

  private PaxRecords(List<Entry> entries) {
    this.entries = entries;
  }

  static PaxRecords none() {
    return new PaxRecords(List.of());
  }

  static PaxRecords parse(byte[] content) throws TarFormatException {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < content.length && content[at] != 0) {
      int space = indexOf(content, (byte) ' ', at, content.length);
      int length = length(content, at, space);
      int end = at + length;
      if (end > content.length || end <= space + 1 || content[end - 1] != '\n') {
        throw damaged();
      }
      int equals = indexOf(content, (byte) '=', space + 1, end);
      if (equals < 0) {
        throw damaged();
      }
      String key = TarHeader.decode(content, space + 1, equals);
      String value = new String(content, equals + 1, end - equals - 2, StandardCharsets.ISO_8859_1);
      entries.add(new Entry(key, value));
      at = end;
    }
    return new PaxRecords(List.copyOf(entries));
  }

  private static int length(byte[] content, int from, int space) throws TarFormatException {
    if (space < 0 || space - from > 9) {
      throw damaged();
    }
    int length = 0;
    for (int i = from; i < space; i++) {
      if (content[i] < '0' || content[i] > '9') {
        throw damaged();
      }
      length = length * 10 + content[i] - '0';
    }
    return length;
  }

  private static int indexOf(byte[] content, byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static TarFormatException damaged() {
    return new TarFormatException("invalid PAX header");
  }

  /** The last value of that key, if it is not empty: an empty one takes the key back. */
  Optional<String> text(String key) throws TarFormatException {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).key().equals(key)) {
        byte[] value = entries.get(i).bytes();
        return value.length == 0
            ? Optional.empty()
            : Optional.of(TarHeader.decode(value, 0, value.length));
      }
    }
    return Optional.empty();
  }

  /** Every value of the keys, in the archive's order. */
  List<String> all(String first, String second) {
    return entries.stream()
        .filter(e -> e.key().equals(first) || e.key().equals(second))
        .map(Entry::value)
        .toList();
  }

  long number(String key, long otherwise) throws TarFormatException {
    Optional<String> text = text(key);
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text.get());
    } catch (NumberFormatException e) {
      throw new TarFormatException("invalid PAX header (" + key + "=" + text.get() + ")");
    }
  }

  /** The extended attributes, by name. */
  Map<String, byte[]> attributes() throws TarFormatException {
    Map<String, byte[]> attributes = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.key().startsWith(LIBARCHIVE_XATTR)) {
        try {
          // bsdtar writes the value in base64 without padding.
          byte[] decoded = Base64.getDecoder().decode(entry.bytes());
          attributes.put(entry.key().substring(LIBARCHIVE_XATTR.length()), decoded);
        } catch (IllegalArgumentException e) {
          throw new TarFormatException("invalid PAX header (" + entry.key() + ")");
        }
      }
    }
    for (Entry entry : entries) {
      if (entry.key().startsWith(XATTR)) {
        attributes.put(entry.key().substring(XATTR.length()), entry.bytes());
      }
    }
    return Map.copyOf(attributes);
  }
}
