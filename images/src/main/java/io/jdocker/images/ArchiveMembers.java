package io.jdocker.images;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an image archive, staged and hashed. All of them, because the manifest comes last in
 * most archives. Names are only keys here; no path of the archive reaches the file system.
 */
final class ArchiveMembers {
  // containerd's bound for a manifest; a configuration with a long history may be larger.
  private static final int MAX_DOCUMENT = 8 << 20;
  private static final int MAX_LINKS = 8;
  private static final Pattern BLOB = Pattern.compile("blobs/sha256/([0-9a-f]{64})");

  private final Map<String, StagedBlob> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Map<Digest, StagedBlob> byDigest = new HashMap<>();

  private ArchiveMembers() {}

  /** Reads the whole archive. */
  static ArchiveMembers stage(TarReader tar, Ingest ingest) throws IOException {
    ArchiveMembers members = new ArchiveMembers();
    byte[] buffer = new byte[1 << 16];
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      String name = clean(entry.name());
      switch (entry.type()) {
        case FILE -> members.add(name, stage(name, entry, tar, ingest, buffer));
        case HARD_LINK -> members.links.put(name, clean(entry.linkName()));
        case SYMBOLIC_LINK -> members.links.put(name, clean(parent(name) + entry.linkName()));
        default -> {
          // Folders, and what has no place in an image archive.
        }
      }
    }
    tar.drain();
    return members;
  }

  private static StagedBlob stage(
      String name, TarEntry entry, TarReader tar, Ingest ingest, byte[] buffer) throws IOException {
    Matcher blob = BLOB.matcher(name);
    if (blob.matches()) {
      Optional<StagedBlob> known = ingest.stored(new Digest(blob.group(1)));
      if (known.isPresent()) {
        return known.get();
      }
    }
    try (BlobWriter writer = ingest.newBlob()) {
      for (int n = tar.read(buffer, 0, buffer.length);
          n >= 0;
          n = tar.read(buffer, 0, buffer.length)) {
        writer.write(buffer, 0, n);
      }
      if (writer.size() < entry.size()) {
        throw new EOFException("archive is cut short");
      }
      return writer.finish();
    }
  }

  private void add(String name, StagedBlob blob) {
    files.put(name, blob);
    links.remove(name);
    byDigest.put(blob.digest(), blob);
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private static String clean(String name) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** The file of that name; a link is followed within the archive. */
  Optional<StagedBlob> find(String name) {
    String at = clean(name);
    for (int i = 0; i < MAX_LINKS && links.containsKey(at); i++) {
      at = links.get(at);
    }
    return Optional.ofNullable(files.get(at));
  }

  /** The file with that content. */
  Optional<StagedBlob> find(Digest digest) {
    return Optional.ofNullable(byDigest.get(digest));
  }

  StagedBlob get(String name) {
    return find(name)
        .orElseThrow(() -> new InvalidArgument("cannot load: the archive has no file " + name));
  }

  StagedBlob get(Digest digest) {
    return find(digest)
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "cannot load: blob " + digest + " is missing from the archive or damaged"));
  }

  /** The content of a small file. */
  static byte[] read(String name, StagedBlob blob) {
    if (blob.size() > MAX_DOCUMENT) {
      throw new InvalidArgument(
          "cannot load: "
              + name
              + " of "
              + blob.size()
              + " bytes is larger than "
              + (MAX_DOCUMENT >> 20)
              + " MiB");
    }
    try {
      return Files.readAllBytes(blob.file());
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + blob.file() + ": " + e.getMessage(), e);
    }
  }
}
