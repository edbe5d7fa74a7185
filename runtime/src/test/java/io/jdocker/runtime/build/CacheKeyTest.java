package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a file counts for the cache and what does not, a property at a time. */
final class CacheKeyTest {
  private static final TarEntry FILE =
      new TarEntry("f", TarType.FILE, 0644, 1, 2, 3, 100, 5, "", 0, 0, Map.of(), List.of(), 3);

  private static String hash(TarEntry entry, String content) throws IOException {
    ContentHash hash = new ContentHash();
    hash.add(entry, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    return hash.finish();
  }

  private static TarEntry with(Map<String, byte[]> attributes) {
    return new TarEntry(
        "f", TarType.FILE, 0644, 1, 2, 3, 100, 5, "", 0, 0, attributes, List.of(), 3);
  }

  private static TarEntry device(long major, long minor) {
    return new TarEntry(
        "f",
        TarType.CHARACTER_DEVICE,
        0644,
        1,
        2,
        0,
        0,
        0,
        "",
        major,
        minor,
        Map.of(),
        List.of(),
        0);
  }

  private static List<TarEntry> changes() {
    return List.of(
        FILE.withName("g"),
        FILE.withName("d/f"),
        FILE.withMode(0755),
        FILE.withMode(04644),
        FILE.withOwner(9, 2),
        FILE.withOwner(1, 9),
        FILE.withOwner(2, 1),
        FILE.withLink(TarType.SYMBOLIC_LINK, "x"),
        FILE.withLink(TarType.HARD_LINK, "x"),
        FILE.withLink(TarType.SYMBOLIC_LINK, "y"),
        with(Map.of("user.a", new byte[] {1})),
        with(Map.of("user.a", new byte[] {2})),
        with(Map.of("user.b", new byte[] {1})),
        device(1, 3),
        device(1, 5),
        device(3, 1));
  }

  @Test
  void eachOfTheseCounts() throws IOException {
    Map<String, TarEntry> seen = new HashMap<>(Map.of(hash(FILE, "abc"), FILE));
    for (TarEntry changed : changes()) {
      TarEntry same = seen.put(hash(changed, "abc"), changed);
      assertNull(same, () -> changed + " is the same as " + same);
    }
  }

  @Test
  void timesDoNotCount() throws IOException {
    assertEquals(hash(FILE, "abc"), hash(FILE.withTime(7, 7), "abc"));
  }

  @Test
  void contentsCount() throws IOException {
    assertNotEquals(hash(FILE, "abc"), hash(FILE, "abd"));
  }

  @Test
  void theOrderOfAttributesDoesNotCount() throws IOException {
    Map<String, byte[]> one = new LinkedHashMap<>();
    one.put("user.a", new byte[] {1});
    one.put("user.b", new byte[] {2});
    Map<String, byte[]> other = new LinkedHashMap<>();
    other.put("user.b", new byte[] {2});
    other.put("user.a", new byte[] {1});
    assertEquals(hash(with(one), "abc"), hash(with(other), "abc"));
  }

  @Test
  void filesDoNotRunIntoOneAnother() {
    assertNotEquals(texts("ab", "c"), texts("a", "bc"));
    assertNotEquals(texts("a", ""), texts("", "a"));
    assertNotEquals(texts("a"), texts("a", ""));
    assertEquals(texts("a", "b"), texts("a", "b"));
  }

  private static String texts(String... texts) {
    ContentHash hash = new ContentHash();
    for (String text : texts) {
      hash.add(text);
    }
    return hash.finish();
  }

  @Test
  void howTheContentIsReadDoesNotCount() throws IOException {
    ContentHash single = new ContentHash();
    try (InputStream in =
        single.reading(FILE, new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}))) {
      assertEquals('a', in.read());
      assertEquals("bc", new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(-1, in.read());
    }
    assertEquals(hash(FILE, "abc"), single.finish());
  }

  @Test
  void aClampChangesOnlyLaterTimes() throws IOException {
    List<TarEntry> seen = new ArrayList<>();
    TarSink sink = (entry, content) -> seen.add(entry);
    TarSink clamped = ClampedTimes.of(sink, Optional.of(Instant.ofEpochSecond(100, 9)));
    for (long time : new long[] {99, 100, 101}) {
      clamped.put(FILE.withTime(time, 5), InputStream.nullInputStream());
    }
    ClampedTimes.of(sink, Optional.empty())
        .put(FILE.withTime(101, 5), InputStream.nullInputStream());
    assertEquals(
        List.of("99.5", "100.0", "100.0", "101.5"),
        seen.stream().map(e -> e.mtimeSeconds() + "." + e.mtimeNanos()).toList());
  }
}
