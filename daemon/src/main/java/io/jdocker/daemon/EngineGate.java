package io.jdocker.daemon;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.runtime.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The engine as soon as it is open. Loading jnr-ffi and looking over the state takes some 100 ms,
 * in which the socket answers {@code _ping} already; every other request waits here. Thread-safe.
 */
public final class EngineGate implements Supplier<Engine> {
  private final CompletableFuture<Engine> engine = new CompletableFuture<>();

  /** Opens the gate. */
  public void opened(Engine open) {
    engine.complete(open);
  }

  /** The engine cannot be opened: who waits, and who comes, is told why. */
  public void failed(RuntimeException reason) {
    engine.completeExceptionally(reason);
  }

  /**
   * The engine, waited for.
   *
   * @throws EngineException why it cannot be opened
   */
  @Override
  public Engine get() {
    try {
      return engine.join();
    } catch (CompletionException e) {
      throw new Unavailable("the engine cannot be opened: " + e.getCause().getMessage(), e);
    }
  }
}
