package io.jdocker.network.dns;

import io.jdocker.network.Ipv4;
import java.util.List;
import java.util.Optional;

/** What one container may know of the others by name. Thread-safe. */
public interface Names {
  /**
   * The addresses of a name.
   *
   * @param name lower-case, without a dot at the end
   * @return empty where the engine knows no such name
   */
  List<Ipv4> addresses(String name);

  /** The full name of whoever has an address. */
  Optional<String> pointer(Ipv4 address);
}
