package io.jdocker.runtime.build;

import io.jdocker.images.ImageAssembly;
import io.jdocker.images.dockerfile.Dockerfile;
import io.jdocker.linux.pattern.IgnoreFile;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.container.EngineParts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all stages of one build share.
 *
 * @param results of stages that are done, by their number
 * @param epoch the latest time a file or record may have; empty: no limit
 */
record BuildScope(
    EngineParts parts,
    Containers containers,
    BaseImages images,
    BuildRequest request,
    BuildWorkspace workspace,
    BuildContext context,
    IgnoreFile ignored,
    Dockerfile file,
    BuildArguments arguments,
    ImageAssembly assembly,
    StepCache cache,
    CacheFolders cacheFolders,
    BuildOutput output,
    Cancellation cancellation,
    Map<Integer, StageState> results,
    Optional<Instant> epoch) {
  static Map<Integer, StageState> noResults() {
    return new ConcurrentHashMap<>();
  }

  /** The same for one stage, which tells and ends for itself. */
  BuildScope forStage(BuildOutput own, Cancellation ownCancellation) {
    return new BuildScope(
        parts,
        containers,
        images.telling(own::text),
        request,
        workspace,
        context,
        ignored,
        file,
        arguments,
        assembly,
        cache.explaining(own::text),
        cacheFolders,
        own,
        ownCancellation,
        results,
        epoch);
  }

  /** Now, or the moment that a reproducible build pretends it to be. */
  Instant now() {
    return epoch.orElseGet(() -> parts.clock().instant());
  }
}
