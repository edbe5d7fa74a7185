package io.jdocker.runtime.build;

import io.jdocker.images.BuildCache;
import io.jdocker.images.CachedStep;
import io.jdocker.images.Digest;
import io.jdocker.images.ImageAssembly;
import io.jdocker.images.ImageLayer;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks up what comes of a step's inputs. They are contents, not histories: a step is a hit when
 * the files below it are the same, however they came about.
 */
final class StepCache {
  /** What is known of a step. */
  record Hit(Optional<ImageLayer> layer, Instant created) {}

  private final BuildCache cache;
  private final ImageAssembly assembly;
  private final boolean disabled;
  private final boolean explains;
  private final BuildProgress explanation;

  StepCache(
      BuildCache cache, ImageAssembly assembly, BuildRequest request, BuildProgress explanation) {
    this(cache, assembly, request.noCache(), request.explainMisses(), explanation);
  }

  private StepCache(
      BuildCache cache,
      ImageAssembly assembly,
      boolean disabled,
      boolean explains,
      BuildProgress explanation) {
    this.cache = cache;
    this.assembly = assembly;
    this.disabled = disabled;
    this.explains = explains;
    this.explanation = explanation;
  }

  /** The same, with its explanations told elsewhere. */
  StepCache explaining(BuildProgress other) {
    return new StepCache(cache, assembly, disabled, explains, other);
  }

  /** The result of these inputs; empty when the step must be run. */
  Optional<Hit> find(String instruction, Map<String, String> inputs) {
    Optional<Hit> hit =
        disabled ? Optional.empty() : cache.find(CachedStep.key(inputs)).flatMap(this::pinned);
    if (explains && hit.isEmpty()) {
      explanation.text(" ---> Cache miss: " + reason(instruction, inputs) + "\n");
    }
    return hit;
  }

  /** A layer that was found is kept to the end of the build, whatever is removed meanwhile. */
  private Optional<Hit> pinned(CachedStep step) {
    if (step.layer().isEmpty()) {
      return Optional.of(new Hit(Optional.empty(), step.created()));
    }
    return assembly
        .layer(step.layer().get())
        .map(layer -> new Hit(Optional.of(layer), step.created()));
  }

  private String reason(String instruction, Map<String, String> inputs) {
    if (disabled) {
      return "the cache was not to be used";
    }
    Optional<Set<String>> differences =
        cache.withInstruction(instruction).stream()
            .map(step -> differences(step.inputs(), inputs))
            .min(Comparator.comparingInt(Set::size));
    if (differences.isEmpty()) {
      return "this instruction was never run before";
    }
    return differences.get().isEmpty()
        ? "its layer was removed"
        : "changed: " + String.join(", ", differences.get());
  }

  private static Set<String> differences(Map<String, String> before, Map<String, String> now) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), now.get(name)));
    return names;
  }

  /** Remembers what came of a step. */
  void add(
      String instruction, Map<String, String> inputs, Optional<Digest> layer, Instant created) {
    cache.add(new CachedStep(CachedStep.key(inputs), instruction, inputs, layer, created));
  }
}
