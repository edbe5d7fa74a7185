package io.jdocker.network.dns;

import io.jdocker.network.Ip;
import java.util.List;
import java.util.Optional;

/** What one container may know of the others by name. Thread-safe. */
public interface Names {
  /**
   * The addresses of a name, of both protocols.
   *
   * @param name lower-case, without a dot at the end
   * @return empty where the engine knows no such name
   */
  List<Ip> addresses(String name);

  /** The full name of whoever has an address. */
  Optional<String> pointer(Ip address);
}
