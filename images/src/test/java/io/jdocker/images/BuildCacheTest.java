package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.compression.Compression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildCacheTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  @TempDir private Path root;
  private StoreLayout layout;
  private Catalog catalog;
  private BuildCache cache;

  @BeforeEach
  void open() {
    layout = new StoreLayout(root);
    layout.create();
    catalog = new Catalog(layout);
    cache = new BuildCache(layout, catalog);
  }

  private BuildCache loaded() {
    BuildCache fresh = new BuildCache(layout, catalog);
    fresh.load();
    return fresh;
  }

  private Layer layer(Optional<Digest> parent, String name) {
    Digest diffId = Digest.of(name.getBytes(StandardCharsets.UTF_8));
    Digest chainId = Layer.chainId(parent, diffId);
    Layer layer =
        new Layer(chainId, parent, diffId, diffId, Compression.NONE, 1, 1, catalog.newDirectory());
    catalog.add(layer);
    return layer;
  }

  private static CachedStep step(String instruction, Optional<Digest> layer, Instant created) {
    Map<String, String> inputs = Map.of("instruction", instruction, "at", created.toString());
    return new CachedStep(CachedStep.key(inputs), instruction, inputs, layer, created);
  }

  @Test
  void aStepIsFoundAfterAStart() {
    Layer layer = layer(Optional.empty(), "a");
    CachedStep run = step("RUN make", Optional.of(layer.chainId()), NOON);
    CachedStep env = step("ENV a=b", Optional.empty(), NOON);
    cache.add(run);
    cache.add(env);
    assertEquals(Optional.of(run), loaded().find(run.key()));
    assertEquals(Optional.of(env), loaded().find(env.key()));
  }

  @Test
  void aStepWhoseLayerIsGoneIsNoHit() {
    Layer layer = layer(Optional.empty(), "a");
    CachedStep run = step("RUN make", Optional.of(layer.chainId()), NOON);
    cache.add(run);
    assertTrue(cache.made(layer));
    catalog.removeLayer(layer.chainId());
    assertEquals(Optional.empty(), cache.find(run.key()));
  }

  @Test
  void stepsOfAnInstructionComeTheNewestFirst() {
    CachedStep old = step("RUN make", Optional.empty(), NOON);
    CachedStep recent = step("RUN make", Optional.empty(), NOON.plusSeconds(1));
    cache.add(recent);
    cache.add(old);
    cache.add(step("RUN other", Optional.empty(), NOON));
    assertEquals(List.of(recent, old), cache.withInstruction("RUN make"));
    assertEquals(List.of(), cache.withInstruction("RUN"));
  }

  @Test
  void aStepsLayerAndAllBelowItAreKept() {
    Layer base = layer(Optional.empty(), "base");
    Layer top = layer(Optional.of(base.chainId()), "top");
    Layer other = layer(Optional.empty(), "other");
    cache.add(step("RUN make", Optional.of(top.chainId()), NOON));
    assertEquals(Set.of(base.chainId(), top.chainId()), cache.layers());
    assertFalse(cache.made(base), "nobody's step made it");
    assertFalse(cache.made(other));
  }

  @Test
  void pruningForgetsAllForGood() {
    CachedStep env = step("ENV a=b", Optional.empty(), NOON);
    cache.add(env);
    assertEquals(List.of(env), cache.forget(step -> true, 0));
    assertEquals(List.of(), cache.forget(step -> true, 0));
    assertEquals(Optional.empty(), loaded().find(env.key()));
  }

  @Test
  void theOldestGoFirstAndNoMoreThanMust() {
    List<CachedStep> steps = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Layer layer = layer(Optional.empty(), "layer " + i);
      steps.add(step("RUN " + i, Optional.of(layer.chainId()), NOON.minusSeconds(i)));
      cache.add(steps.get(i));
    }
    // A byte each: two may stay.
    assertEquals(List.of(steps.get(3), steps.get(2)), cache.forget(step -> true, 2));
    assertEquals(List.of(), cache.forget(step -> true, 2));
    assertEquals(List.of(steps.get(1), steps.get(0)), loaded().steps());
  }

  @Test
  void onlyTheChosenGo() {
    CachedStep old = step("ENV a=b", Optional.empty(), NOON.minusSeconds(1));
    CachedStep fresh = step("ENV a=c", Optional.empty(), NOON);
    cache.add(old);
    cache.add(fresh);
    assertEquals(List.of(old), cache.forget(step -> step.created().isBefore(NOON), 0));
    assertEquals(List.of(fresh), cache.steps());
  }

  @Test
  void aStepsSizeIsItsLayersAndAnImageSharesIt() {
    Layer layer = layer(Optional.empty(), "a");
    CachedStep run = step("RUN make", Optional.of(layer.chainId()), NOON);
    assertEquals(1, cache.size(run));
    assertFalse(cache.isShared(run));
    Digest id = Digest.of(new byte[] {1});
    catalog.add(
        new Records.ImageRecord(id, List.of(layer.chainId())),
        ConfigReader.read(
            "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}".getBytes(StandardCharsets.UTF_8)));
    assertTrue(cache.isShared(run));
    assertEquals(0, cache.size(step("ENV a=b", Optional.empty(), NOON)));
  }

  @Test
  void aDamagedCacheIsOnlyACache() throws IOException {
    cache.add(step("ENV a=b", Optional.empty(), NOON));
    Files.writeString(layout.cache().resolve("0.json"), "{");
    assertEquals(List.of(), loaded().withInstruction("ENV a=b"));
  }

  @Test
  void theKeyIsOfTheInputsInAnyOrderAndOfNothingElse() {
    Digest key = CachedStep.key(Map.of("a", "1", "b", "2"));
    assertEquals(key, CachedStep.key(Map.of("b", "2", "a", "1")));
    assertNotEquals(key, CachedStep.key(Map.of("a", "2", "b", "1")));
    assertNotEquals(key, CachedStep.key(Map.of("a", "1")));
    assertNotEquals(CachedStep.key(Map.of("a", "1\0b")), CachedStep.key(Map.of("a", "1", "b", "")));
    assertNotEquals(CachedStep.key(Map.of("a", "")), CachedStep.key(Map.of()));
  }
}
