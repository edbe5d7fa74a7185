package io.jdocker.images.tar;

import io.jdocker.images.tar.TarEntry.Segment;
import java.util.ArrayList;
import java.util.List;

/** The ways a tar tells where the data of a sparse file goes (GNU tar manual, "Sparse Formats"). */
final class SparseMaps {
  // A million segments are a 24 MB map: more is an attack on memory.
  static final int MAX_SEGMENTS = 1_000_000;

  private static final int OLD_ENTRY = 24;

  private SparseMaps() {}

  /** Old GNU: segments in the header block or one of its extensions. */
  static void oldGnu(TarHeader block, int offset, int count, List<Segment> into)
      throws TarFormatException {
    for (int i = 0; i < count; i++) {
      int at = offset + i * OLD_ENTRY;
      if (block.at(at) == 0) {
        return;
      }
      into.add(new Segment(block.number(at, 12), block.number(at + 12, 12)));
    }
  }

  /** PAX 0.0 (repeated offset and numbytes records) and 0.1 (one comma-separated list). */
  static List<Segment> pax(List<String> numbers) throws TarFormatException {
    List<Segment> segments = new ArrayList<>();
    if (numbers.size() % 2 != 0 || numbers.size() / 2 > MAX_SEGMENTS) {
      throw damaged();
    }
    for (int i = 0; i < numbers.size(); i += 2) {
      segments.add(new Segment(number(numbers.get(i)), number(numbers.get(i + 1))));
    }
    return segments;
  }

  static long number(String text) throws TarFormatException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw damaged();
    }
  }

  /** Segments must ascend, not overlap, end within the file and hold exactly the stored bytes. */
  static void check(List<Segment> segments, long stored, long realSize) throws TarFormatException {
    long end = 0;
    long sum = 0;
    for (Segment segment : segments) {
      if (segment.offset() < end
          || segment.length() < 0
          || segment.length() > realSize - segment.offset()) {
        throw damaged();
      }
      end = segment.offset() + segment.length();
      sum += segment.length();
    }
    if (sum != stored || realSize < 0) {
      throw damaged();
    }
  }

  static TarFormatException damaged() {
    return new TarFormatException("invalid sparse file map");
  }
}
