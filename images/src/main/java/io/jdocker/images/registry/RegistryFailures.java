package io.jdocker.images.registry;

import io.jdocker.images.ImageReference;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.util.Optional;

/** What went wrong with a registry, as the engine's failures, in Docker's words. */
final class RegistryFailures {
  private RegistryFailures() {}

  /** For a pull, and for questions. */
  static EngineException reading(IOException e, ImageReference reference) {
    Optional<RegistryRefusal> refusal = refusal(e);
    if (refusal.isEmpty()) {
      return new SystemFailure(e.getMessage(), e);
    }
    String said = refusal.get().getMessage();
    return switch (refusal.get().code()) {
      case "DENIED" ->
          new NotFound(
              "pull access denied for "
                  + reference.familiarName()
                  + ", repository does not exist or may require 'docker login': "
                  + said,
              e);
      case "MANIFEST_UNKNOWN" ->
          new NotFound("manifest for " + reference.familiar() + " not found: " + said, e);
      case "NAME_UNKNOWN" ->
          new NotFound("repository " + reference.familiarName() + " not found: " + said, e);
      default ->
          refusal.get().status() == 404
              ? new NotFound("manifest for " + reference.familiar() + " not found: " + said, e)
              : other(refusal.get(), e);
    };
  }

  /** For a push and a login. */
  static EngineException writing(IOException e) {
    Optional<RegistryRefusal> refusal = refusal(e);
    return refusal.isEmpty() ? new SystemFailure(e.getMessage(), e) : other(refusal.get(), e);
  }

  private static EngineException other(RegistryRefusal refusal, IOException e) {
    return refusal.isDenied()
        ? new Forbidden(refusal.getMessage(), e)
        : new SystemFailure(refusal.getMessage(), e);
  }

  private static Optional<RegistryRefusal> refusal(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof RegistryRefusal refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
