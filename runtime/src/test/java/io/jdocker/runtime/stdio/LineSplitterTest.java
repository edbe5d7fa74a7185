package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {
  private static final Instant T1 = Instant.ofEpochSecond(1);
  private static final Instant T2 = Instant.ofEpochSecond(2);

  private record Part(String text, boolean terminated, Instant time) {}

  private final LineSplitter splitter = new LineSplitter();
  private final List<Part> parts = new ArrayList<>();

  @Test
  void linesComeWithoutTheirNewline() {
    add("one\n\ntwo\n", T1);
    assertEquals(
        List.of(new Part("one", true, T1), new Part("", true, T1), new Part("two", true, T1)),
        parts);
  }

  @Test
  void aLineThatArrivesInPiecesIsOneLine() {
    add("he", T1);
    add("ll", T1);
    assertEquals("hell", new String(splitter.unfinished(), StandardCharsets.UTF_8));
    add("o\nw", T2);
    assertEquals(List.of(new Part("hello", true, T2)), parts);
    flush(T2);
    assertEquals(new Part("w", false, T2), parts.get(1));
    flush(T2);
    assertEquals(2, parts.size());
    assertEquals(0, splitter.unfinished().length);
  }

  @Test
  void aLineOfTwentyThousandBytesIsTwoRecordsOfOneTime() {
    add("x".repeat(18_000), T1);
    add("x".repeat(2_000) + "\nnext\n", T2);
    assertEquals(
        List.of(
            new Part("x".repeat(16_384), false, T1),
            new Part("x".repeat(20_000 - 16_384), true, T1),
            new Part("next", true, T2)),
        parts);
  }

  @Test
  void aLineOfJustTheLongestLengthLeavesItsNewlineForTheNextRecord() {
    add("x".repeat(16_384) + "\n", T1);
    assertEquals(List.of(new Part("x".repeat(16_384), false, T1), new Part("", true, T1)), parts);
    parts.clear();
    add("x".repeat(16_383) + "\n", T1);
    assertEquals(List.of(new Part("x".repeat(16_383), true, T1)), parts);
  }

  @Test
  void aCharacterIsNotTorn() {
    add("x".repeat(16_383) + "€uro\n", T1);
    assertEquals(
        List.of(new Part("x".repeat(16_383), false, T1), new Part("€uro", true, T1)), parts);
    parts.clear();
    add("x".repeat(16_381) + "€uro\n", T1);
    assertEquals(
        List.of(new Part("x".repeat(16_381) + "€", false, T1), new Part("uro", true, T1)), parts);
  }

  @Test
  void rubbishIsCutAnywhere() {
    byte[] rubbish = new byte[40_000];
    java.util.Arrays.fill(rubbish, (byte) 0x80);
    splitter.add(
        rubbish,
        0,
        rubbish.length,
        T1,
        (bytes, offset, length, terminated, time) ->
            parts.add(new Part(Integer.toString(length), terminated, time)));
    assertEquals(List.of("16384", "16384"), parts.stream().map(Part::text).toList());
    assertEquals(40_000 - 2 * 16_384, splitter.unfinished().length);
  }

  private void add(String text, Instant now) {
    byte[] bytes = ("skipped" + text).getBytes(StandardCharsets.UTF_8);
    splitter.add(bytes, 7, bytes.length - 7, now, this::collect);
  }

  private void flush(Instant now) {
    splitter.flush(now, this::collect);
  }

  private void collect(byte[] bytes, int offset, int length, boolean terminated, Instant time) {
    parts.add(
        new Part(new String(bytes, offset, length, StandardCharsets.UTF_8), terminated, time));
  }
}
