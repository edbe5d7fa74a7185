package io.jdocker.images.tar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole archives of tests. */
final class Members {
  /** A member and the data that followed it, bytes as characters 0 to 255. */
  record Member(TarEntry entry, String data) {}

  private Members() {}

  static List<Member> read(byte[] tar) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    List<Member> members = new ArrayList<>();
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      byte[] data = reader.content().readAllBytes();
      members.add(new Member(next.get(), new String(data, StandardCharsets.ISO_8859_1)));
    }
    return members;
  }

  static TarEntry first(byte[] tar) throws IOException {
    return read(tar).get(0).entry();
  }

  static List<String> names(byte[] tar) throws IOException {
    return read(tar).stream().map(member -> member.entry().name()).toList();
  }
}
