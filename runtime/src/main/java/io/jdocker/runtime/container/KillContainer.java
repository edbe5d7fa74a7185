package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.Conflict;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The verb kill: one signal to the first process. */
final class KillContainer {
  private static final int PATIENCE_SECONDS = 10;

  private final EngineParts parts;
  private final Restarts restarts;
  private final PauseContainer pause;
  private final ContainerEvents events;

  KillContainer(
      EngineParts parts, Restarts restarts, PauseContainer pause, ContainerEvents events) {
    this.parts = parts;
    this.restarts = restarts;
    this.pause = pause;
    this.events = events;
  }

  /**
   * Sends a signal by name or number; an empty text is SIGKILL. That, and the container's own stop
   * signal, mean that it is to end: its restart policy rests, and it is not left paused.
   *
   * @throws Conflict when the container does not run
   */
  void kill(Container container, String signal) {
    int number = signal.isEmpty() ? Signals.SIGKILL : Signals.parse(signal);
    if (!container.state().status().countsAsRunning()) {
      throw new Conflict(
          "Cannot kill container: "
              + container.record().name()
              + ": Container "
              + container.id()
              + " is not running");
    }
    if (number != Signals.SIGKILL && number != stopSignal(container)) {
      signal(container, number);
    } else if (!restarts.endByHand(container)) {
      endAndWait(container, number);
    }
  }

  /** As Docker's, a kill is over when the container is: for SIGKILL, and for so long. */
  private void endAndWait(Container container, int signal) {
    CompletableFuture<Integer> exit = container.nextExit();
    boolean alive = container.state().status().isAlive();
    end(container, signal);
    if (alive && signal == Signals.SIGKILL) {
      ExitWait.within(exit, PATIENCE_SECONDS);
    }
  }

  /** What asks a container to end, where nobody names another signal. */
  static int stopSignal(Container container) {
    String configured = container.record().spec().lifecycle().stopSignal();
    return Signals.parse(configured.isEmpty() ? "SIGTERM" : configured);
  }

  /** Sends a signal that is to end it; a paused one gets it by running on. */
  void end(Container container, int signal) {
    signal(container, signal);
    if (container.state().status() == Status.PAUSED) {
      pause.letRunOn(container);
    }
  }

  /** Sends a signal; a process that has just ended is no error. */
  private void signal(Container container, int signal) {
    Optional<Run> run = container.run();
    if (run.isEmpty()) {
      return;
    }
    Optional<Fd> first = run.get().payload();
    try {
      if (first.isPresent()) {
        parts.kernel().processes().signal(first.get(), signal);
      }
    } catch (IllegalStateException e) {
      // The pidfd was closed by the end of the run meanwhile: there is nobody to signal.
      return;
    }
    events.publish(container, "kill", Map.of("signal", Integer.toString(signal)));
  }
}
