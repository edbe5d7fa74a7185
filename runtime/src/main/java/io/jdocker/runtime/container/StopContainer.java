package io.jdocker.runtime.container;

import io.jdocker.linux.failure.NotModified;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The verb stop: the stop signal, a time to obey it, SIGKILL. */
final class StopContainer {
  private static final int DEFAULT_TIMEOUT_SECONDS = 10;

  private final KillContainer kill;
  private final Restarts restarts;
  private final ContainerEvents events;

  StopContainer(KillContainer kill, Restarts restarts, ContainerEvents events) {
    this.kill = kill;
    this.restarts = restarts;
    this.events = events;
  }

  /**
   * Stops, and returns when all that the container held is given back.
   *
   * @param signal instead of the container's own stop signal
   * @param timeoutSeconds instead of the container's own; -1: no limit
   * @throws NotModified when it does not run
   */
  void stop(Container container, Optional<String> signal, Optional<Integer> timeoutSeconds) {
    if (!container.state().status().countsAsRunning()) {
      throw new NotModified("container " + container.id() + " is already stopped");
    }
    int stopSignal =
        signal.map(Signals::parse).orElseGet(() -> KillContainer.stopSignal(container));
    int seconds =
        timeoutSeconds
            .or(() -> container.record().spec().lifecycle().stopTimeout())
            .orElse(DEFAULT_TIMEOUT_SECONDS);
    if (!restarts.endByHand(container)) {
      end(container, stopSignal, seconds);
    }
    events.publish(container, "stop", Map.of());
  }

  private void end(Container container, int stopSignal, int seconds) {
    // Only now: no policy puts another run in the place of the one that is to end.
    CompletableFuture<Integer> exit = container.nextExit();
    if (!container.state().status().isAlive()) {
      return;
    }
    kill.end(container, stopSignal);
    if (!ExitWait.within(exit, seconds)) {
      kill.end(container, Signals.SIGKILL);
      ExitWait.within(exit, ExitWait.NO_LIMIT);
    }
  }
}
