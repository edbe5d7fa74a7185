package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a file system of 4 MiB. */
class FullDiskIT {
  @TempDir Path root;
  private final Kernel kernel = Kernel.load();
  private StoreFixture fixture;

  @BeforeEach
  void setUp() {
    kernel.mounts().mount("tmpfs", root.toString(), "tmpfs", 0, "size=4m");
    fixture = new StoreFixture(root);
  }

  @AfterEach
  void tearDown() {
    kernel.mounts().unmount(root.toString(), 0);
  }

  private void assertFull(Runnable action) {
    List<String> before = fixture.files();
    SystemFailure e = assertThrows(SystemFailure.class, action::run);
    assertTrue(
        e.getMessage().toLowerCase(java.util.Locale.ROOT).contains("no space left"),
        e.getMessage());
    assertEquals(before, fixture.files(), "nothing is left");
  }

  @Test
  void anImportThatDoesNotFitLeavesNothingAndTheNextOneFits() {
    byte[] tooLarge = new TarBuilder().file("x", new byte[3 << 20], 0644).build();
    assertFull(() -> fixture.importTar("a", tooLarge));
    Image small = fixture.importTar("a", new TarBuilder().file("x", "fits", 0644));
    assertEquals(4, small.size());
  }

  @Test
  void aLoadThatDoesNotFitLeavesNothing() {
    byte[] layer = new TarBuilder().file("x", new byte[3 << 20], 0644).build();
    assertFull(() -> fixture.load(Archives.docker("a:1", layer)));
    byte[] larger = new TarBuilder().file("x", new byte[5 << 20], 0644).build();
    assertFull(() -> fixture.load(Archives.docker("a:1", larger)));
  }
}
