package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Image;
import io.jdocker.images.ImageLayer;
import io.jdocker.images.RegistryFixture;
import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** kill -9 at each step of a pull: nothing half-made is left, whole blobs are, the retry works. */
class KilledPullIT {
  private static final int SIZE = 400_000;

  @TempDir Path folder;

  /** Runs a pull and kills it when it tells that line for the n-th time. */
  private void killAt(Path store, String reference, String line, int times) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PullProcess.class.getName(),
                store.toString(),
                reference)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      int seen = 0;
      for (String told = lines.readLine(); told != null; told = lines.readLine()) {
        seen += told.startsWith(line) ? 1 : 0;
        if (seen == times) {
          break;
        }
      }
      assertEquals(times, seen, "it got that far");
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Pulling from, 1",
    "Pulling fs layer, 1",
    "Pulling fs layer, 3",
    "Verifying Checksum, 1",
    "Download complete, 2",
    "Pull complete, 1",
    "Pull complete, 2",
    "Pull complete, 3",
    "Digest, 1",
    "pulled, 1"
  })
  void leavesWhatARetryCanUse(String line, int times) throws Exception {
    RegistryImage image = new RegistryImage();
    for (int i = 0; i < 3; i++) {
      image.layer(
          new TarBuilder()
              .directory("d" + i, 0755)
              .file("d" + i + "/f", PullIT.noise(SIZE + i), 0644));
    }
    try (FakeRegistry registry = FakeRegistry.start()) {
      image.putInto(registry, "app", "1");
      String reference = registry.host() + "/app:1";
      killAt(folder.resolve("images"), reference, line, times);
      registry.forget();
      try (RegistryFixture fixture = new RegistryFixture(folder)) {
        int layers = fixture.store().list().isEmpty() ? 0 : 3;
        assertEquals(List.of(), fixture.in("tmp"));
        assertEquals(1 + layers, folders(fixture), "only whole layers");
        assertBlobsAreWhole(fixture, image);
        List<String> kept = fixture.in("downloads");
        Image pulled = fixture.pull(reference).image();
        assertFiles(fixture, pulled);
        for (int i = 0; i < 3; i++) {
          String blob = image.blob(i).hex();
          Path file = fixture.images().resolve("blobs/sha256").resolve(blob);
          assertArrayEquals(image.blobs().get(i), Files.readAllBytes(file));
          boolean wasThere = kept.contains(blob);
          boolean again =
              registry.asked("GET /v2/app/blobs/sha256:" + blob).stream()
                  .anyMatch(request -> request.field("Range").isEmpty());
          assertTrue(!wasThere || !again, "what was there was not fetched from its start");
        }
        assertEquals(List.of(), fixture.in("downloads"));
      }
    }
  }

  private static long folders(RegistryFixture fixture) {
    return fixture.in("l").stream().filter(name -> !name.contains("/")).count();
  }

  private static void assertBlobsAreWhole(RegistryFixture fixture, RegistryImage image)
      throws IOException {
    for (int i = 0; i < 3; i++) {
      Path file = fixture.images().resolve("blobs/sha256").resolve(image.blob(i).hex());
      if (Files.exists(file)) {
        assertArrayEquals(image.blobs().get(i), Files.readAllBytes(file));
      }
    }
  }

  private static void assertFiles(RegistryFixture fixture, Image pulled) throws IOException {
    int i = 0;
    for (ImageLayer layer : fixture.store().layers(pulled)) {
      Path file = layer.folder().resolve("d" + i + "/f");
      assertArrayEquals(PullIT.noise(SIZE + i), Files.readAllBytes(file));
      i++;
    }
    assertEquals(3, i);
  }
}
