package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyIT {
  private static final int THREADS = 4;
  private static final int ROUNDS = 25;

  @TempDir Path root;
  private StoreFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private static void together(Callable<Void> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(work));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void importsOfTheSameLayerShareIt() throws Exception {
    byte[] tar = new TarBuilder().file("x", "content", 0644).build();
    together(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            fixture.importTar("a:" + Thread.currentThread().getId() + "-" + i, tar);
          }
          return null;
        });
    assertEquals(7, fixture.store().layersSize());
    assertEquals(2, fixture.images().resolve("l").toFile().list().length, "it and the empty one");
    assertEquals(fixture.store().list(), fixture.reopen().list());
  }

  @Test
  void importRunAndRemoveAtOnceLeaveNothingBroken() throws Exception {
    List<String> empty = fixture.files();
    byte[] tar = new TarBuilder().file("x", "content", 0644).build();
    Snapshotter snapshots = fixture.store().snapshotter();
    together(
        () -> {
          String mine = "c" + Thread.currentThread().getId();
          for (int i = 0; i < ROUNDS; i++) {
            Image image = fixture.importTar("shared:1", tar, "CMD " + mine + i);
            try {
              OverlayMount mount = snapshots.prepare(mine, image);
              assertTrue(Files.exists(mount.lower().get(0).resolve("x")), "its layer is there");
              snapshots.remove(mine);
              fixture.store().remove(image.id().toString(), true, List.of());
            } catch (Conflict | NotFound e) {
              // Another thread removed the image first, and said so.
              snapshots.remove(mine);
            }
          }
          return null;
        });
    fixture.store().pruneUnused(List.of(), image -> true);
    assertEquals(empty, fixture.files());
  }
}
