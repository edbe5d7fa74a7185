package io.jdocker.network.dns;

import io.jdocker.linux.PollCalls;
import java.util.Optional;

/** By UDP: one datagram there, one back. */
final class DatagramForward extends Forward {
  DatagramForward(Errand errand) {
    super(errand);
  }

  @Override
  boolean isStream() {
    return false;
  }

  @Override
  int firstMask() {
    return PollCalls.EPOLLIN;
  }

  @Override
  void begin() {
    send(message());
  }

  @Override
  Optional<byte[]> advance(int mask) throws EndOfStreamException {
    return receive();
  }
}
