package io.jdocker.runtime.files;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.runtime.container.ContainerFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A tar as a test looks at it: members by name, in their order. */
final class Tars {
  /** A member and its data. */
  record Member(TarEntry entry, String content) {}

  private Tars() {}

  static Map<String, Member> read(byte[] tar) throws IOException {
    Map<String, Member> members = new LinkedHashMap<>();
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      byte[] data = reader.content().readAllBytes();
      members.put(
          next.get().name(), new Member(next.get(), new String(data, StandardCharsets.UTF_8)));
    }
    return members;
  }

  /** What cp gives for a path. */
  static Map<String, Member> copyOut(ContainerFiles files, String container, String path)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.copyOut(container, path, stat -> out);
    return read(out.toByteArray());
  }
}
