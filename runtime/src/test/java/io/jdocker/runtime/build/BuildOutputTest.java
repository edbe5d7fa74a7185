package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.images.Digest;
import io.jdocker.runtime.stdio.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of Docker's classic builder, which its clients and their users' scripts read. */
final class BuildOutputTest {
  private final List<String> lines = new ArrayList<>();
  private final BuildOutput output = new BuildOutput(lines::add, 0, 3);

  @Test
  void stepsAreNumbered() {
    output.step("FROM x");
    output.step("RUN a b");
    output.step("CMD [\"c\"]");
    assertEquals(
        List.of("Step 1/3 : FROM x\n", "Step 2/3 : RUN a b\n", "Step 3/3 : CMD [\"c\"]\n"), lines);
  }

  @Test
  void aStepsFateIsTold() {
    output.running("0123456789ab");
    output.removed("0123456789ab");
    output.cached();
    output.result(Digest.parse("sha256:" + "0123456789abcdef".repeat(4)));
    output.text("as it is");
    assertEquals(
        List.of(
            " ---> Running in 0123456789ab\n",
            "Removing intermediate container 0123456789ab\n",
            " ---> Using cache\n",
            " ---> 0123456789ab\n",
            "as it is"),
        lines);
  }

  @ParameterizedTest
  @CsvSource({"1, # Executing 1 build trigger", "2, # Executing 2 build triggers"})
  void triggersAreCounted(int count, String expected) {
    output.triggers(count);
    assertEquals(List.of(expected + "\n"), lines);
  }

  /** Every way to cut the bytes of a text into two chunks. */
  @ParameterizedTest
  @CsvSource({"plain", "é", "日本語", "a😀b", "é😀日x"})
  void aCharacterThatTwoChunksShareStaysWhole(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      lines.clear();
      OutputText words = new OutputText(output);
      words.add(new Chunk(1, Arrays.copyOfRange(bytes, 0, cut)));
      words.add(new Chunk(1, Arrays.copyOfRange(bytes, cut, bytes.length)));
      words.end();
      assertEquals(text, String.join("", lines), "cut at " + cut);
    }
  }

  @Test
  void aCharacterCutIntoSingleBytesStaysWhole() {
    OutputText words = new OutputText(output);
    for (byte single : "😀".getBytes(StandardCharsets.UTF_8)) {
      words.add(new Chunk(1, new byte[] {single}));
    }
    words.end();
    assertEquals(List.of("😀"), lines);
  }

  @Test
  void streamsDoNotMix() {
    OutputText words = new OutputText(output);
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    words.add(new Chunk(1, new byte[] {euro[0]}));
    words.add(new Chunk(2, "err".getBytes(StandardCharsets.UTF_8)));
    words.add(new Chunk(1, new byte[] {euro[1], euro[2]}));
    words.end();
    assertEquals(List.of("err", "€"), lines);
  }

  @Test
  void whatIsNoCharacterIsReplaced() {
    OutputText words = new OutputText(output);
    words.add(new Chunk(1, new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82}));
    words.end();
    words.end();
    assertEquals("a\ufffdb\ufffd", String.join("", lines));
  }
}
