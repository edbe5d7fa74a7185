package io.jdocker.network.dns;

import io.jdocker.network.Family;
import io.jdocker.network.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Answers what the engine knows itself. One thread. */
final class Responder {

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
    if (ReverseName.isOne(query.name())) {
      return ReverseName.address(query.name())
          .flatMap(names::pointer)
          .map(
              name ->
                  query.type() == RecordType.PTR || query.type() == RecordType.ANY
                      ? Answer.pointer(query, name, limit)
                      : Answer.empty(query, ResponseCode.NOERROR));
    }
    List<Ip> known = names.addresses(query.name());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    // A name without that kind of address exists: to say otherwise would end a client's search.
    List<Ip> asked = new ArrayList<>(known);
    asked.removeIf(address -> !isAsked(query.type(), address.family()));
    Collections.shuffle(asked, random);
    return Optional.of(Answer.addresses(query, asked, limit));
  }

  private static boolean isAsked(int type, Family family) {
    return switch (type) {
      case RecordType.ANY -> true;
      case RecordType.A -> family == Family.IPV4;
      case RecordType.AAAA -> family == Family.IPV6;
      default -> false;
    };
  }
}
