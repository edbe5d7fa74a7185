package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.registry.PullRequest;
import io.jdocker.images.registry.Registries;
import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.images.registry.TransferListener;
import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  @Test
  void aPullThatDoesNotFitLeavesNothingAndKeepsWholeBlobs() {
    byte[] zeros = new TarBuilder().file("x", new byte[5 << 20], 0644).build();
    RegistryImage image =
        new RegistryImage().layer(zeros, RegistryImage.gzip(zeros), RegistryImage.GZIP_LAYER);
    try (FakeRegistry registry = FakeRegistry.start();
        Registries registries =
            new Registries(
                fixture.store(), RegistryOptions.standard(Map.of()), Clock.systemUTC())) {
      image.putInto(registry, "big", "1");
      SystemFailure unpacking =
          assertThrows(
              SystemFailure.class,
              () ->
                  registries.pull(
                      PullRequest.of(registry.host() + "/big:1"), TransferListener.NONE));
      assertTrue(unpacking.getMessage().contains("no space left"), unpacking.getMessage());
      assertTrue(fixture.files().contains("images/downloads/" + image.blob(0).hex()));
      assertEquals(List.of(), fixture.store().list());
    }
  }

  @Test
  void aDownloadThatDoesNotFitIsDropped() {
    byte[] noise = new byte[6 << 20];
    new Random(1).nextBytes(noise);
    byte[] tar = new TarBuilder().file("x", noise, 0644).build();
    RegistryImage image =
        new RegistryImage().layer(tar, tar, "application/vnd.oci.image.layer.v1.tar");
    List<String> before = fixture.files();
    try (FakeRegistry registry = FakeRegistry.start();
        Registries registries =
            new Registries(
                fixture.store(), RegistryOptions.standard(Map.of()), Clock.systemUTC())) {
      image.putInto(registry, "big", "1");
      SystemFailure full =
          assertThrows(
              SystemFailure.class,
              () ->
                  registries.pull(
                      PullRequest.of(registry.host() + "/big:1"), TransferListener.NONE));
      assertTrue(
          full.getMessage().toLowerCase(java.util.Locale.ROOT).contains("no space left"),
          full.getMessage());
    }
    // A whole blob may stay for the next attempt; a part of one must not keep the disk full.
    List<String> left = new ArrayList<>(fixture.files());
    left.removeAll(before);
    for (String name : left) {
      assertEquals("images/downloads/" + Digest.of(tar).hex(), name);
      assertEquals(tar.length, root.resolve(name).toFile().length());
    }
  }
}
