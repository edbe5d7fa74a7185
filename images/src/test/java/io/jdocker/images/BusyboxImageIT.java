package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.BusyboxImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyboxImageIT {
  @TempDir Path root;

  @Test
  void everyLinkIsAnAppletOfThisBusybox() throws Exception {
    Process list = new ProcessBuilder("/bin/busybox", "--list").start();
    List<String> applets =
        new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    try (StoreFixture fixture = new StoreFixture(root)) {
      Image image = BusyboxImage.importInto(fixture.store(), "busybox");
      Path bin = fixture.store().layers(image).get(0).folder().resolve("bin");
      assertEquals(List.of(), unknown(bin, applets));
      assertTrue(Files.isExecutable(bin.resolve("sh")));
    }
  }

  private static List<String> unknown(Path bin, List<String> applets) throws IOException {
    try (Stream<Path> files = Files.list(bin)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("busybox") && !applets.contains(name))
          .toList();
    }
  }
}
