package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayMountTest {
  private static OverlayMount mount(String root) {
    return new OverlayMount(
        List.of(Path.of(root, "l/2"), Path.of(root, "l/1")),
        Path.of(root, "s/upper"),
        Path.of(root, "s/work"));
  }

  @Test
  void theTopLayerComesFirst() {
    assertTrue(
        mount("/r")
            .options()
            .startsWith("lowerdir=/r/l/2:/r/l/1,upperdir=/r/s/upper,workdir=/r/s/work"));
  }

  @Test
  void pathsCanBeRelative() {
    assertTrue(mount("/r").options(Path.of("/r")).startsWith("lowerdir=l/2:l/1,upperdir=s/upper,"));
  }

  @Test
  void separatorsInPathsAreEscaped() {
    assertEquals(
        "lowerdir=/a\\:b\\,c/l/2:/a\\:b\\,c/l/1",
        mount("/a:b,c").options().split(",upperdir=", -1)[0]);
  }

  @Test
  void whatWouldBreakDiffIsOff() {
    assertTrue(mount("/r").options().endsWith(",index=off,metacopy=off,redirect_dir=off"));
  }
}
