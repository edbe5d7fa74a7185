package io.jdocker.daemon.json;

import java.util.List;

/** A list of words that clients may also send as a single text: Cmd and Entrypoint. */
public record Words(List<String> words) {
  public Words {
    words = List.copyOf(words);
  }
}
