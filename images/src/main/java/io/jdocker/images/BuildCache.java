package io.jdocker.images;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Steps of builds by their inputs. Layers that a step made are kept until the cache is pruned,
 * whether an image has them or not. Thread-safe.
 */
public final class BuildCache {
  private static final System.Logger LOG = System.getLogger(BuildCache.class.getName());

  private final RecordFolder<CachedStep> files;
  private final Catalog catalog;
  private final Map<Digest, CachedStep> steps = new ConcurrentHashMap<>();

  BuildCache(StoreLayout layout, Catalog catalog) {
    this.files = new RecordFolder<>(layout.cache(), BuildCache::write, BuildCache::read);
    this.catalog = catalog;
  }

  /** Reads the records. It is only a cache: if one is damaged, it is emptied. */
  void load() {
    try {
      files.load().forEach(step -> steps.put(step.key(), step));
    } catch (SystemFailure e) {
      LOG.log(System.Logger.Level.WARNING, "the build cache is left out: {0}", e.getMessage());
    }
  }

  /** The step of that key, unless its layer is gone. */
  public Optional<CachedStep> find(Digest key) {
    return Optional.ofNullable(steps.get(key))
        .filter(step -> step.layer().flatMap(catalog::layer).isPresent() || step.layer().isEmpty());
  }

  /** Remembered steps of the same instruction, the newest first: to say what has changed. */
  public List<CachedStep> withInstruction(String instruction) {
    return steps.values().stream()
        .filter(step -> step.instruction().equals(instruction))
        .sorted((a, b) -> b.created().compareTo(a.created()))
        .toList();
  }

  /** Remembers a step. */
  public void add(CachedStep step) {
    files.write(step.key().hex(), step);
    steps.put(step.key(), step);
  }

  /** Every step, the oldest first. */
  public List<CachedStep> steps() {
    return steps.values().stream()
        .sorted(Comparator.comparing(CachedStep::created).thenComparing(CachedStep::key))
        .toList();
  }

  /** Bytes of files that a step made. */
  public long size(CachedStep step) {
    return step.layer().flatMap(catalog::layer).map(Layer::size).orElse(0L);
  }

  /** Whether an image has the layer that a step made. */
  public boolean isShared(CachedStep step) {
    return step.layer().filter(catalog::usesLayer).isPresent();
  }

  /**
   * Forgets steps, the oldest first; their layers are garbage where no image has them.
   *
   * @param chosen which of them
   * @param keep bytes of files that the steps left may have together; forgets no more than it must
   */
  List<CachedStep> forget(Predicate<CachedStep> chosen, long keep) {
    List<CachedStep> forgotten = new ArrayList<>();
    long left = steps().stream().mapToLong(this::size).sum();
    for (CachedStep step : steps()) {
      if (chosen.test(step) && (keep == 0 || left > keep)) {
        left -= size(step);
        files.delete(step.key().hex());
        steps.remove(step.key());
        forgotten.add(step);
      }
    }
    return forgotten;
  }

  /** Keys of the layers that steps made, and of all below them. */
  Set<Digest> layers() {
    Set<Digest> used = new HashSet<>();
    for (CachedStep step : steps.values()) {
      Optional<Layer> at = step.layer().flatMap(catalog::layer);
      while (at.isPresent() && used.add(at.get().chainId())) {
        at = at.get().parent().flatMap(catalog::layer);
      }
    }
    return used;
  }

  /** Whether a step made this very layer. */
  boolean made(Layer layer) {
    Optional<Digest> key = Optional.of(layer.chainId());
    return steps.values().stream().anyMatch(step -> step.layer().equals(key));
  }

  private static JsonObject write(CachedStep step) {
    JsonObject object = new JsonObject();
    object.addProperty("key", step.key().toString());
    object.addProperty("instruction", step.instruction());
    JsonObject inputs = new JsonObject();
    step.inputs().forEach(inputs::addProperty);
    object.add("inputs", inputs);
    step.layer().ifPresent(layer -> object.addProperty("layer", layer.toString()));
    object.addProperty("created", step.created().toString());
    return object;
  }

  private static CachedStep read(JsonDocument document) {
    return new CachedStep(
        Digest.parse(document.required("key")),
        document.required("instruction"),
        document.map("inputs"),
        document.has("layer")
            ? Optional.of(Digest.parse(document.text("layer")))
            : Optional.empty(),
        document.time("created").orElse(Image.NEVER));
  }
}
