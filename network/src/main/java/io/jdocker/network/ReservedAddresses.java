package io.jdocker.network;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code --aux-address}: addresses of either protocol that somebody else on the network has. */
final class ReservedAddresses {
  private ReservedAddresses() {}

  /**
   * Reads them.
   *
   * @param texts by the name of who has it
   * @param parse empty for what is no address of the protocol
   * @param inside true for an address of the subnet
   * @throws InvalidArgument for one that is not of the subnet
   * @throws Forbidden for the gateway's, or one given twice
   */
  static <A> Map<String, A> of(
      Map<String, String> texts,
      Function<String, Optional<A>> parse,
      Predicate<A> inside,
      A gateway) {
    Map<String, A> reserved = new LinkedHashMap<>();
    texts.forEach(
        (name, text) -> {
          A address =
              parse
                  .apply(text)
                  .filter(inside)
                  .orElseThrow(
                      () ->
                          new InvalidArgument(
                              "no matching subnet for aux-address " + text + " (" + name + ")"));
          if (address.equals(gateway) || reserved.containsValue(address)) {
            throw new Forbidden("Address already in use: " + address + " (" + name + ")");
          }
          reserved.put(name, address);
        });
    return reserved;
  }
}
