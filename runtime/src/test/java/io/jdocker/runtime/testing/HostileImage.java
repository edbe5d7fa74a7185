package io.jdocker.runtime.testing;

import io.jdocker.images.ImageStore;
import io.jdocker.images.ImportRequest;
import io.jdocker.images.ProgressListener;
import io.jdocker.images.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** An image with a shell, and with whatever its attacker puts beside it: no /dev, no /etc. */
public final class HostileImage {
  private static final List<String> APPLETS =
      List.of("sh", "cat", "echo", "id", "ls", "mkdir", "readlink", "sleep", "stat", "touch");

  private HostileImage() {}

  /**
   * Imports one.
   *
   * @param content adds the files of the attacker
   * @param changes Dockerfile instructions
   */
  public static void importInto(
      ImageStore store, String name, UnaryOperator<TarBuilder> content, String... changes)
      throws IOException {
    TarBuilder tar = new TarBuilder().directory("bin", 0755).directory("tmp", 01777);
    tar.file("bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")), 0755);
    APPLETS.forEach(applet -> tar.symlink("bin/" + applet, "busybox"));
    store.importRootfs(
        ImportRequest.named(name).withChanges(changes),
        new ByteArrayInputStream(content.apply(tar).build()),
        ProgressListener.NONE);
  }
}
