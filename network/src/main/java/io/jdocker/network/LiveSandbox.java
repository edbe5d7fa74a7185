package io.jdocker.network;

import io.jdocker.network.ports.Reservation;
import io.jdocker.network.state.SandboxState;
import java.util.Optional;

/**
 * A sandbox of this engine with what it holds in this process. Whoever changes it locks it, so that
 * attach and detach of one container never mix; its state can be read without.
 */
final class LiveSandbox {
  private final Object names = new Object();
  private volatile Optional<SandboxState> state;
  private volatile Optional<Reservation> reservation = Optional.empty();
  private volatile boolean gone;

  /** A sandbox that is being planned. */
  LiveSandbox() {
    state = Optional.empty();
  }

  LiveSandbox(SandboxState state) {
    this.state = Optional.of(state);
  }

  /** Empty while it is being planned. */
  Optional<SandboxState> state() {
    return state;
  }

  void state(SandboxState changed) {
    state = Optional.of(changed);
  }

  Optional<Reservation> reservation() {
    return reservation;
  }

  void reserve(Reservation held) {
    reservation = Optional.of(held);
  }

  void release() {
    reservation.ifPresent(Reservation::close);
    reservation = Optional.empty();
  }

  /** True where this process holds what the sandbox has, be it nothing. */
  boolean isResumed() {
    return reservation.isPresent();
  }

  /** True once it has been taken down: a call that waited for the lock comes too late. */
  boolean isGone() {
    return gone;
  }

  void markGone() {
    gone = true;
  }

  /** The lock for the container's name files. */
  Object names() {
    return names;
  }
}
