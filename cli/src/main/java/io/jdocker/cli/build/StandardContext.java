package io.jdocker.cli.build;

import io.jdocker.cli.copy.LocalTree;
import io.jdocker.cli.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** {@code build -}: standard input is a context's tar, compressed or not, or a Dockerfile alone. */
final class StandardContext {
  private static final int HEAD = 512;
  private static final int TAR_MAGIC = 257;
  private static final List<byte[]> COMPRESSED =
      List.of(
          new byte[] {0x1f, (byte) 0x8b},
          new byte[] {'B', 'Z', 'h'},
          new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z'},
          new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

  private StandardContext() {}

  static Request.Source of(InputStream in) throws IOException {
    byte[] start = in.readNBytes(HEAD);
    if (isArchive(start)) {
      return out ->
          new SequenceInputStream(new java.io.ByteArrayInputStream(start), in).transferTo(out);
    }
    byte[] rest = in.readAllBytes();
    byte[] whole = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    return out -> {
      LocalTree tree = new LocalTree(out);
      tree.put("Dockerfile", whole);
      tree.finish();
    };
  }

  private static boolean isArchive(byte[] head) {
    for (byte[] magic : COMPRESSED) {
      if (head.length >= magic.length && Arrays.equals(Arrays.copyOf(head, magic.length), magic)) {
        return true;
      }
    }
    return head.length == HEAD
        && new String(head, TAR_MAGIC, 5, StandardCharsets.ISO_8859_1).equals("ustar");
  }
}
