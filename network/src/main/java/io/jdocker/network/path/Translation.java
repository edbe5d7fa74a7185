package io.jdocker.network.path;

import io.jdocker.network.rules.Packet;

/**
 * What conntrack of one namespace remembers of a connection.
 *
 * @param first its first packet as it came
 * @param last the same packet as it left
 */
record Translation(Packet first, Packet last) {
  /** True for an answer to what left. */
  boolean isAnswer(Packet packet) {
    return packet.source().equals(last.destination())
        && packet.sourcePort() == last.destinationPort()
        && packet.destinationPort() == last.sourcePort()
        && packet.destination().equals(last.source());
  }

  /** The answer goes to whoever asked. */
  Packet destinationRestored(Packet answer) {
    return answer.to(first.source(), first.sourcePort());
  }

  /** The answer comes from whom was asked. */
  Packet sourceRestored(Packet answer) {
    return answer.from(first.destination(), first.destinationPort());
  }

  boolean changesDestination() {
    return !first.destination().equals(last.destination())
        || first.destinationPort() != last.destinationPort();
  }
}
