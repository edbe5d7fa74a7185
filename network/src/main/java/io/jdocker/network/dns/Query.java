package io.jdocker.network.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A query that a container sent. What it says is not trusted: every length is checked, and nothing
 * in it can be pointed to elsewhere.
 *
 * @param flags the second 16 bits of the header
 * @param name lower-case, labels joined by dots, without a dot at the end; empty for the root
 * @param udpLimit how long an answer by UDP may be
 * @param extended true where the client speaks EDNS (RFC 6891)
 * @param question the question section as it was sent, to be sent back: some clients hide random
 *     capitals in it (draft-vixie-dnsext-dns0x20)
 * @param problem NOERROR where the query can be answered
 */
record Query(
    int id,
    int flags,
    String name,
    int type,
    int udpLimit,
    boolean extended,
    Octets question,
    ResponseCode problem) {
  static final int HEADER = 12;
  static final int FLAG_RESPONSE = 0x8000;
  static final int FLAG_TRUNCATED = 0x0200;
  static final int FLAG_RECURSION_DESIRED = 0x0100;

  private static final int OPCODE = 0x7800;
  private static final int PLAIN_LIMIT = 512;

  /** The loopback link takes 64 KiB; more than this no client should be made to hold. */
  private static final int LARGEST_LIMIT = 4096;

  private static final int LABEL_LIMIT = 63;
  private static final int NAME_LIMIT = 255;
  private static final int CLASS_IN = 1;
  private static final int CLASS_ANY = 255;

  /** A name with the place behind it. */
  private record Name(String text, int end) {}

  /**
   * Reads a message.
   *
   * @return empty for what must not be answered: no header, or itself an answer, as two servers
   *     would otherwise answer each other for ever
   */
  static Optional<Query> parse(byte[] message) {
    if (message.length < HEADER) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(message);
    int id = header.getShort(0) & 0xffff;
    int flags = header.getShort(2) & 0xffff;
    if ((flags & FLAG_RESPONSE) != 0) {
      return Optional.empty();
    }
    if ((flags & OPCODE) != 0) {
      return Optional.of(refused(id, flags, ResponseCode.NOTIMP));
    }
    boolean one = header.getShort(4) == 1 && header.getShort(6) == 0 && header.getShort(8) == 0;
    Optional<Name> name = one ? name(message, HEADER) : Optional.empty();
    if (name.isEmpty() || name.get().end() + 4 > message.length) {
      return Optional.of(refused(id, flags, ResponseCode.FORMERR));
    }
    int end = name.get().end() + 4;
    int type = header.getShort(end - 4) & 0xffff;
    int kind = header.getShort(end - 2) & 0xffff;
    Octets question = Octets.of(message, HEADER, end);
    int extension = extension(message, end, header.getShort(10) & 0xffff);
    ResponseCode problem =
        extension == BROKEN
            ? ResponseCode.FORMERR
            : kind == CLASS_IN || kind == CLASS_ANY ? ResponseCode.NOERROR : ResponseCode.REFUSED;
    int limit = Math.min(LARGEST_LIMIT, Math.max(PLAIN_LIMIT, extension));
    String text = name.get().text();
    return Optional.of(
        new Query(id, flags, text, type, limit, extension > ABSENT, question, problem));
  }

  private static final int BROKEN = -2;
  private static final int ABSENT = -1;

  /** The size in the OPT record among the additional ones. */
  private static int extension(byte[] message, int start, int count) {
    int at = start;
    int size = ABSENT;
    for (int i = 0; i < count; i++) {
      Optional<Name> owner = name(message, at);
      if (owner.isEmpty() || owner.get().end() + 10 > message.length) {
        return BROKEN;
      }
      ByteBuffer fixed = ByteBuffer.wrap(message, owner.get().end(), 10).slice();
      if ((fixed.getShort(0) & 0xffff) == RecordType.OPT) {
        size = fixed.getShort(2) & 0xffff;
      }
      at = owner.get().end() + 10 + (fixed.getShort(8) & 0xffff);
      if (at > message.length) {
        return BROKEN;
      }
    }
    return size;
  }

  /** A name written out; compression has nothing to point to before the first name. */
  private static Optional<Name> name(byte[] message, int start) {
    StringBuilder text = new StringBuilder();
    int at = start;
    while (at < message.length && message[at] != 0) {
      int length = message[at] & 0xff;
      boolean fits = length <= LABEL_LIMIT && at + 1 + length < message.length;
      if (!fits || at + length + 2 - start > NAME_LIMIT) {
        return Optional.empty();
      }
      text.append(text.length() == 0 ? "" : ".").append(label(message, at + 1, length));
      at += 1 + length;
    }
    return at < message.length ? Optional.of(new Name(text.toString(), at + 1)) : Optional.empty();
  }

  /** A dot inside of a label must not read as the border between two. */
  private static String label(byte[] message, int start, int length) {
    String text = new String(message, start, length, StandardCharsets.ISO_8859_1);
    return text.replace(".", "\\.").toLowerCase(Locale.ROOT);
  }

  private static Query refused(int id, int flags, ResponseCode problem) {
    return new Query(id, flags, "", 0, PLAIN_LIMIT, false, Octets.NONE, problem);
  }
}
