package io.jdocker.network.dns;

import io.jdocker.linux.PollCalls;
import java.util.Optional;

/** By TCP: messages with their length in front (RFC 1035, 4.2.2). */
final class StreamForward extends Forward {
  private Frames frames = new Frames();

  StreamForward(Errand errand) {
    super(errand);
  }

  @Override
  boolean isStream() {
    return true;
  }

  @Override
  int firstMask() {
    return PollCalls.EPOLLOUT; // connected
  }

  @Override
  void begin() {
    frames = new Frames();
  }

  @Override
  Optional<byte[]> advance(int mask) throws EndOfStreamException {
    if ((mask & PollCalls.EPOLLOUT) != 0) {
      send(Frames.framed(message()));
      await(PollCalls.EPOLLIN);
      return Optional.empty();
    }
    Optional<byte[]> bytes = receive();
    bytes.ifPresent(frames::add);
    return frames.next();
  }
}
