package io.jdocker.images.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The PAX records of one member, sorted by key, so that the same member gives the same bytes. */
final class PaxWriter {
  private static final long MAX_ID = 07777777;
  private static final long MAX_SIZE = 077777777777L;
  private static final String ATTRIBUTE = "SCHILY.xattr.";

  private final Map<String, byte[]> records = new TreeMap<>();

  static boolean fitsId(long id) {
    return id <= MAX_ID;
  }

  static boolean fitsSize(long size) {
    return size <= MAX_SIZE;
  }

  /** Adds what a plain header cannot hold. */
  void addAll(TarEntry entry, String name, int longestName) {
    if (TarWriter.utf8(name).length > longestName) {
      add("path", name);
    }
    if (TarWriter.utf8(entry.linkName()).length > longestName) {
      add("linkpath", entry.linkName());
    }
    if (!fitsId(entry.uid())) {
      add("uid", Long.toString(entry.uid()));
    }
    if (!fitsId(entry.gid())) {
      add("gid", Long.toString(entry.gid()));
    }
    if (!fitsSize(entry.size())) {
      add("size", Long.toString(entry.size()));
    }
    if (entry.mtimeNanos() != 0 || entry.mtimeSeconds() < 0) {
      add("mtime", time(entry.mtimeSeconds(), entry.mtimeNanos()));
    }
    // Values are bytes, not text: security.capability has zeros in it.
    entry.attributes().forEach((key, value) -> records.put(ATTRIBUTE + key, value));
  }

  /** Seconds may be negative; the nanoseconds count upwards from them, as in stat(2). */
  private static String time(long seconds, int nanos) {
    if (nanos == 0) {
      return Long.toString(seconds);
    }
    boolean negative = seconds < 0;
    long whole = negative ? -(seconds + 1) : seconds;
    int fraction = negative ? 1_000_000_000 - nanos : nanos;
    String digits = String.format("%09d", fraction).replaceAll("0+$", "");
    return (negative ? "-" : "") + whole + "." + digits;
  }

  private void add(String key, String value) {
    records.put(key, TarWriter.utf8(value));
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  byte[] build() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    records.forEach(
        (key, value) -> {
          byte[] name = TarWriter.utf8(key);
          // A blank, "=" and a line end; and the length counts its own digits.
          int rest = name.length + value.length + 3;
          int length = rest;
          while (Integer.toString(length).length() + rest != length) {
            length = Integer.toString(length).length() + rest;
          }
          bytes.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
          bytes.writeBytes(name);
          bytes.write('=');
          bytes.writeBytes(value);
          bytes.write('\n');
        });
    return bytes.toByteArray();
  }
}
