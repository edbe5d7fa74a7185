package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 at random points: the next start finds nothing wrong, and the retry succeeds. */
class KilledStoreIT {
  private static final int FEW = 2;
  private static final int MANY = 100;

  @TempDir Path root;
  private StoreFixture fixture;
  private Path archive;
  private List<String> clean;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new StoreFixture(root.resolve("engine"));
    fixture.importTar("kept:1", new TarBuilder().file("k", "kept", 0644));
    TarBuilder first = new TarBuilder();
    for (int i = 0; i < 200; i++) {
      first.file("f" + i, "content " + i, 0644);
    }
    byte[] second = new TarBuilder().file("g", "second", 0600).build();
    archive = root.resolve("archive");
    Files.write(archive, Archives.docker("dead:1", first.build(), second));
    clean = stored();
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  /** All that the store holds, without the numbers of layers, which go on. */
  private List<String> stored() {
    return fixture.files().stream().map(f -> f.replaceAll("/l/[0-9a-z]+", "/l/N")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "import", "commit", "step"})
  void nothingIsWrongAfterwards(String what) throws Exception {
    rounds(what, FEW);
  }

  @Tag("nightly")
  @ParameterizedTest
  @ValueSource(strings = {"load", "import", "commit", "step"})
  void norAfterAHundredTimes(String what) throws Exception {
    rounds(what, MANY);
  }

  private void rounds(String what, int rounds) throws Exception {
    // Another seed each time would be a test that fails for some; where the kill falls is chance
    // enough.
    Random random = new Random(what.hashCode());
    for (int i = 0; i < rounds; i++) {
      kill(what, random.nextInt(60));
      ImageStore store = fixture.reopen();
      assertEquals(List.of(), store.check(true).problems(), what + ", round " + i);
      assertTrue(store.find("kept:1").isPresent());
      for (String name : List.of("dead:1", "dead:2", "dead:3")) {
        if (store.find(name).isPresent()) {
          store.remove(name, true, List.of());
        }
      }
      // An import or load that was through but for its name.
      store.pruneDangling(List.of(), image -> true);
      store.pruneCache(step -> true, 0);
      assertEquals(clean, stored(), what + ", round " + i);
      StoreVictim.round(store, what, Files.readAllBytes(archive));
      assertEquals(clean, stored(), "the retry of " + what);
    }
  }

  private void kill(String what, int millis) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreVictim.class.getName(),
                fixture.images().toString(),
                what,
                archive.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("ready", out.readLine());
      // Not to wait for anything: where it is after this time is what is tried.
      TimeUnit.MILLISECONDS.sleep(millis);
      assertTrue(victim.isAlive(), "it ends by the kill alone");
    } finally {
      victim.destroyForcibly().waitFor();
    }
  }
}
