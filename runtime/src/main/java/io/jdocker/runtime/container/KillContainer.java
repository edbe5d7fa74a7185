package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.Conflict;
import java.util.Map;
import java.util.Optional;

/** The verb kill: one signal to the first process. */
final class KillContainer {
  private final EngineParts parts;
  private final ContainerEvents events;

  KillContainer(EngineParts parts, ContainerEvents events) {
    this.parts = parts;
    this.events = events;
  }

  /**
   * Sends a signal by name or number; an empty text is SIGKILL.
   *
   * @throws Conflict when the container does not run
   */
  void kill(Container container, String signal) {
    int number = signal.isEmpty() ? Signals.SIGKILL : Signals.parse(signal);
    if (!container.state().status().isAlive()) {
      throw new Conflict(
          "Cannot kill container: "
              + container.record().name()
              + ": Container "
              + container.id()
              + " is not running");
    }
    signal(container, number);
  }

  /** Sends a signal; a process that has just ended is no error. */
  void signal(Container container, int signal) {
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
