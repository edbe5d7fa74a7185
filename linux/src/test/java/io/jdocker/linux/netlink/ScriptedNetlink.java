package io.jdocker.linux.netlink;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.LibC;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A kernel whose netlink sockets answer with datagrams that a test has written, so that answers can
 * be tried which no kernel in order gives. Every other call is the real one.
 */
final class ScriptedNetlink implements LibC {
  static final int HEADER = 16;

  /** A socket of its own kind is never opened: this is a descriptor that nobody has. */
  private static final int SOCKET = 0x3fff_fff0;

  private final LibC real;
  private final Architecture architecture = Architecture.current();
  private final Deque<byte[]> answers = new ArrayDeque<>();
  private final List<byte[]> requests = new ArrayList<>();

  private ScriptedNetlink(LibC real) {
    this.real = real;
  }

  /** A script and the kernel that follows it. */
  record Scripted(ScriptedNetlink script, Kernel kernel) {
    static Scripted create() {
      ScriptedNetlink[] made = new ScriptedNetlink[1];
      Kernel kernel =
          Kernel.load(
              libc -> {
                made[0] = new ScriptedNetlink(libc);
                return made[0];
              });
      return new Scripted(made[0], kernel);
    }
  }

  /** The next datagram that a receive gets. */
  ScriptedNetlink answer(byte[]... messages) {
    int length = 0;
    for (byte[] message : messages) {
      length += message.length;
    }
    ByteBuffer datagram = ByteBuffer.allocate(length);
    for (byte[] message : messages) {
      datagram.put(message);
    }
    answers.add(datagram.array());
    return this;
  }

  /** What was sent so far. */
  List<byte[]> requests() {
    return requests;
  }

  /** A whole message to the request of that number. */
  static byte[] message(int type, int flags, int sequence, byte[] payload) {
    return messageClaiming(HEADER + payload.length, type, flags, sequence, payload);
  }

  /** A message whose header tells another length than it has. */
  static byte[] messageClaiming(int length, int type, int flags, int sequence, byte[] payload) {
    int padded = (HEADER + payload.length + 3) / 4 * 4;
    return ByteBuffer.allocate(padded)
        .order(ByteOrder.nativeOrder())
        .putInt(length)
        .putShort((short) type)
        .putShort((short) flags)
        .putInt(sequence)
        .putInt(0)
        .put(payload)
        .array();
  }

  /** struct nlmsgerr with the head of a request. */
  static byte[] error(int sequence, int errno) {
    return message(
        2,
        0,
        sequence,
        ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putInt(-errno).array());
  }

  /** NLMSG_DONE, which ends a dump. */
  static byte[] done(int sequence, int errno) {
    return message(
        3,
        2,
        sequence,
        ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(-errno).array());
  }

  @Override
  public long syscall(long number, long a, long b, long c, long d, long e, long f) {
    if (is(number, Sys.SOCKET) && a == 16) {
      return SOCKET;
    }
    if (a != SOCKET) {
      return real.syscall(number, a, b, c, d, e, f);
    }
    if (is(number, Sys.SENDTO)) {
      requests.add(NativeArena.getBytes(b, (int) c));
      return c;
    }
    return is(number, Sys.RECVFROM) ? receive(b, c) : 0;
  }

  private long receive(long buffer, long limit) {
    byte[] datagram = answers.remove();
    int length = (int) Math.min(limit, datagram.length);
    NativeArena.putBytes(buffer, datagram, 0, length);
    return length;
  }

  private boolean is(long number, Sys call) {
    return number == call.number(architecture);
  }

  @Override
  public long clone(long function, long stack, long flags, long argument) {
    return real.clone(function, stack, flags, argument);
  }
}
