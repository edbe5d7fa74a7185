package io.jdocker.network.dns;

import io.jdocker.network.Ipv4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Answers what the engine knows itself. One thread. */
final class Responder {
  private static final String REVERSE = ".in-addr.arpa";

  /** Who asks for a name that several have is sent to each in turn, by chance. */
  private final Random random = new Random();

  /**
   * Answers a query.
   *
   * @param limit how long the answer may be
   * @return empty where somebody else must be asked
   */
  Optional<byte[]> answer(Query query, Names names, int limit) {
    if (query.problem() != ResponseCode.NOERROR) {
      return Optional.of(Answer.empty(query, query.problem()));
    }
    if (query.name().endsWith(REVERSE)) {
      return reverse(query.name())
          .flatMap(names::pointer)
          .map(
              name ->
                  query.type() == RecordType.PTR || query.type() == RecordType.ANY
                      ? Answer.pointer(query, name, limit)
                      : Answer.empty(query, ResponseCode.NOERROR));
    }
    List<Ipv4> known = names.addresses(query.name());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (query.type() != RecordType.A && query.type() != RecordType.ANY) {
      // The name exists: to say otherwise would end a client's search for its IPv4 address.
      return Optional.of(Answer.empty(query, ResponseCode.NOERROR));
    }
    List<Ipv4> shuffled = new ArrayList<>(known);
    Collections.shuffle(shuffled, random);
    return Optional.of(Answer.addresses(query, shuffled, limit));
  }

  /** {@code 2.0.17.172.in-addr.arpa} is about 172.17.0.2. */
  private static Optional<Ipv4> reverse(String name) {
    String[] octets = name.substring(0, name.length() - REVERSE.length()).split("\\.", -1);
    Collections.reverse(Arrays.asList(octets));
    return Ipv4.parse(String.join(".", octets));
  }
}
