package io.jdocker.runtime.build;

import io.jdocker.runtime.stdio.Chunk;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Output of a command as text. A character that two chunks share stays whole. */
final class OutputText {
  private static final int LONGEST_CHARACTER = 4;

  private final BuildOutput output;
  private final Map<Integer, byte[]> rest = new HashMap<>();

  OutputText(BuildOutput output) {
    this.output = output;
  }

  void add(Chunk chunk) {
    byte[] before = rest.getOrDefault(chunk.stream(), new byte[0]);
    ByteBuffer bytes = ByteBuffer.allocate(before.length + chunk.bytes().length);
    bytes.put(before).put(chunk.bytes()).flip();
    String text = decode(bytes, false);
    byte[] left = new byte[bytes.remaining()];
    bytes.get(left);
    rest.put(chunk.stream(), left);
    if (!text.isEmpty()) {
      output.text(text);
    }
  }

  /** Whatever is left was no whole character. */
  void end() {
    rest.values().stream()
        .filter(left -> left.length > 0)
        .forEach(left -> output.text(decode(ByteBuffer.wrap(left), true)));
    rest.clear();
  }

  private static String decode(ByteBuffer bytes, boolean end) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer text = CharBuffer.allocate(bytes.remaining() + LONGEST_CHARACTER);
    decoder.decode(bytes, text, end);
    return text.flip().toString();
  }
}
