package io.jdocker.cli.build;

import io.jdocker.cli.copy.LocalTree;
import io.jdocker.cli.http.Request;
import io.jdocker.cli.image.ArchiveInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
    // Bit by bit: FileInputStream's own ways to read all of it ask where it stands, and a pipe
    // answers ESPIPE.
    byte[] start = new byte[HEAD];
    int length = 0;
    for (int count = 0; count >= 0 && length < HEAD; length += Math.max(0, count)) {
      count = in.read(start, length, HEAD - length);
    }
    byte[] head = Arrays.copyOf(start, length);
    if (isArchive(head)) {
      return out -> {
        out.write(head);
        ArchiveInput.copy(in, out);
      };
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head);
    ArchiveInput.copy(in, whole);
    return out -> {
      LocalTree tree = new LocalTree(out);
      tree.put("Dockerfile", whole.toByteArray());
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
