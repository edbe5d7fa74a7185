package io.jdocker.network.dns;

import io.jdocker.network.Family;
import io.jdocker.network.Ip;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds the answer to one query. */
final class Answer {
  /** As Docker's server has it. Containers come and go, but clients here ask again anyway. */
  static final int TTL_SECONDS = 600;

  private static final int FLAG_RECURSION_AVAILABLE = 0x0080;
  private static final int OPT_SIZE = 4096;
  private static final int OPT_LENGTH = 11;
  private static final int CLASS_IN = 1;

  /** A pointer to the question's name, which every record here belongs to. */
  private static final int OWNER = 0xc000 | Query.HEADER;

  private final Query query;
  private final List<byte[]> records = new ArrayList<>();

  private Answer(Query query) {
    this.query = query;
  }

  /** The addresses of the name asked for. */
  static byte[] addresses(Query query, List<Ip> addresses, int limit) {
    Answer answer = new Answer(query);
    addresses.forEach(a -> answer.add(type(a), a.toInetAddress().getAddress()));
    return answer.write(ResponseCode.NOERROR, limit);
  }

  private static int type(Ip address) {
    return address.family() == Family.IPV4 ? RecordType.A : RecordType.AAAA;
  }

  /** The name of the address asked for. */
  static byte[] pointer(Query query, String name, int limit) {
    Answer answer = new Answer(query);
    answer.add(RecordType.PTR, encode(name));
    return answer.write(ResponseCode.NOERROR, limit);
  }

  /** No record of that type, though the name is known; or with a code that says why not. */
  static byte[] empty(Query query, ResponseCode code) {
    return new Answer(query).write(code, query.udpLimit());
  }

  private void add(int type, byte[] data) {
    ByteBuffer buffer = ByteBuffer.allocate(12 + data.length);
    buffer.putShort((short) OWNER).putShort((short) type).putShort((short) CLASS_IN);
    buffer.putInt(TTL_SECONDS).putShort((short) data.length).put(data);
    records.add(buffer.array());
  }

  private byte[] write(ResponseCode code, int limit) {
    int room = limit - Query.HEADER - query.question().length();
    room -= query.extended() ? OPT_LENGTH : 0;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int count = 0;
    for (byte[] next : records) {
      if (body.size() + next.length > room) {
        break;
      }
      body.write(next, 0, next.length);
      count++;
    }
    int flags =
        Query.FLAG_RESPONSE
            | (query.flags() & Query.FLAG_RECURSION_DESIRED)
            | FLAG_RECURSION_AVAILABLE
            | (count < records.size() ? Query.FLAG_TRUNCATED : 0)
            | code.number();
    int length = Query.HEADER + query.question().length() + body.size();
    ByteBuffer message = ByteBuffer.allocate(length + (query.extended() ? OPT_LENGTH : 0));
    message.putShort((short) query.id()).putShort((short) flags);
    message.putShort((short) (query.question().length() > 0 ? 1 : 0)).putShort((short) count);
    message.putShort((short) 0).putShort((short) (query.extended() ? 1 : 0));
    query.question().putInto(message);
    message.put(body.toByteArray());
    if (query.extended()) {
      message.put((byte) 0).putShort((short) RecordType.OPT).putShort((short) OPT_SIZE);
      message.putInt(0).putShort((short) 0);
    }
    return message.array();
  }

  private static byte[] encode(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
      bytes.write(text.length);
      bytes.write(text, 0, text.length);
    }
    bytes.write(0);
    return bytes.toByteArray();
  }
}
