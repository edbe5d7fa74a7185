package io.jdocker.network.path;

import java.util.List;
import java.util.Optional;

/**
 * The way of a packet, and that of the answer.
 *
 * @param asked the question in the asker's words: {@code web to 203.0.113.2:80}
 * @param packet as it is sent
 * @param back the answer's way; empty where none is sent
 */
public record Way(String asked, String packet, List<Hop> hops, List<Hop> back, Outcome outcome) {
  public Way {
    hops = List.copyOf(hops);
    back = List.copyOf(back);
  }

  /** The place that a packet got to. */
  public Optional<String> end() {
    return hops.isEmpty() ? Optional.empty() : Optional.of(hops.get(hops.size() - 1).place());
  }
}
