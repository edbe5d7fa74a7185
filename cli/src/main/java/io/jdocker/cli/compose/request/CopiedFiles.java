package io.jdocker.cli.compose.request;

import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Query;
import io.jdocker.compose.model.ContentSpec;
import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Secrets and configs whose content is a variable's value or a text of the file: there is nothing
 * on the host to mount, so they are copied into the container before it starts.
 */
public final class CopiedFiles {
  private static final int DEFAULT_MODE = 0444;

  private record Copy(String path, String content, FileReference reference) {}

  private final List<Copy> copies;

  private CopiedFiles(List<Copy> copies) {
    this.copies = copies;
  }

  /** Those of a service. */
  public static CopiedFiles of(Project project, Service service) {
    List<Copy> copies = new ArrayList<>();
    add(copies, service.storage().secrets(), project.secrets(), "/run/secrets/");
    add(copies, service.storage().configs(), project.configs(), "/");
    return new CopiedFiles(copies);
  }

  private static void add(
      List<Copy> copies,
      List<FileReference> references,
      Map<String, ContentSpec> contents,
      String folder) {
    for (FileReference reference : references) {
      ContentSpec.Source source = contents.get(reference.source()).source();
      String text = null;
      if (source instanceof ContentSpec.Inline inline) {
        text = inline.text();
      } else if (source instanceof ContentSpec.Variable variable) {
        text = variable.value();
      }
      if (text != null) {
        copies.add(new Copy(Mounts.target(reference, folder), text, reference));
      }
    }
  }

  /** Copies them into a container that is not running. */
  public void putInto(ApiClient api, String container) throws IOException {
    if (!copies.isEmpty()) {
      api.put(
          Query.of("/containers/", container, "/archive").with("path", "/"),
          "application/x-tar",
          this::write);
    }
  }

  private void write(OutputStream out) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    for (Copy copy : copies) {
      TarArchiveEntry entry = new TarArchiveEntry(copy.path().substring(1));
      entry.setMode(copy.reference().mode().map(Long::intValue).orElse(DEFAULT_MODE));
      entry.setIds(id(copy.reference().uid()), id(copy.reference().gid()));
      byte[] content = copy.content().getBytes(StandardCharsets.UTF_8);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    tar.finish();
  }

  private static int id(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }
}
