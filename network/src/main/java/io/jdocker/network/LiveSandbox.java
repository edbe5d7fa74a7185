package io.jdocker.network;

import io.jdocker.network.ports.Reservation;
import io.jdocker.network.state.SandboxState;
import java.util.Optional;

/**
 * A sandbox of this engine with what it holds in this process. Whoever changes it locks it, so that
 * attach and detach of one container never mix.
 */
final class LiveSandbox {
  private volatile SandboxState state;
  private Reservation reservation;
  private volatile boolean gone;

  LiveSandbox(SandboxState state) {
    this.state = state;
  }

  SandboxState state() {
    return state;
  }

  Sandbox sandbox() {
    return state.sandbox();
  }

  synchronized void state(SandboxState changed) {
    state = changed;
  }

  synchronized Optional<Reservation> reservation() {
    return Optional.ofNullable(reservation);
  }

  synchronized void reservation(Reservation held) {
    reservation = held;
  }

  boolean isGone() {
    return gone;
  }

  void markGone() {
    gone = true;
  }
}
