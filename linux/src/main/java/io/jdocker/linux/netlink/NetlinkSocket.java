package io.jdocker.linux.netlink;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jnr.constants.platform.Errno;

/**
 * A netlink(7) socket. It stays in the network namespace of the thread that opened it, and keeps
 * that namespace alive until it is closed. Thread-safe: one request at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
  static final int NETLINK_ROUTE = 0;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;

  static final int NLM_F_REQUEST = 0x1;
  static final int NLM_F_ACK = 0x4;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_CREATE = 0x400;

  private static final int NLM_F_DUMP_INTR = 0x10;
  private static final int NLM_F_CAPPED = 0x100;
  private static final int NLM_F_ACK_TLVS = 0x200;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLMSG_MIN_TYPE = 16;
  private static final int NLMSGERR_ATTR_MSG = 1;
  private static final int HEADER = 16;

  // A dump's datagrams never exceed what recvmsg(2) was given before, or 8 KiB at first.
  private static final int RECEIVE_SIZE = 16384;

  private static final int MOST_ATTEMPTS = 20;

  /** A message of the kernel's answer, after its header. */
  record Answer(int type, ByteBuffer payload) {}

  private final Kernel kernel;
  private final Fd fd;
  private final NativeArena arena = new NativeArena();
  private final long buffer;
  private int sequence;

  private NetlinkSocket(Kernel kernel, Fd fd) {
    this.kernel = kernel;
    this.fd = fd;
    this.buffer = arena.allocate(RECEIVE_SIZE);
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NetlinkSocket open(Kernel kernel) {
    return open(kernel, NETLINK_ROUTE, 0);
  }

  /**
   * @param family NETLINK_* of linux/netlink.h
   * @param groups the multicast groups to hear, as a bit set (RTMGRP_LINK = 1)
   */
  static NetlinkSocket open(Kernel kernel, int family, int groups) {
    SocketCalls sockets = kernel.sockets();
    Fd fd = sockets.socket(SocketCalls.AF_NETLINK, SocketCalls.SOCK_RAW, family);
    try {
      sockets.setOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
      sockets.setOption(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
      ByteBuffer address = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
      address.putShort((short) SocketCalls.AF_NETLINK).putShort((short) 0).putInt(0).putInt(groups);
      sockets.bind(fd, address.array());
      return new NetlinkSocket(kernel, fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** After that many milliseconds without a datagram {@link #events} fails with EAGAIN. */
  void setTimeout(int millis) {
    kernel.sockets().setReceiveTimeout(fd, millis);
  }

  /**
   * Sends a request and reads its answer up to the acknowledgement. A list that changed while the
   * kernel told it (NLM_F_DUMP_INTR) may lack what was always there, so it is asked for again.
   *
   * @param description the request as a person would type it, for the exception
   * @throws SyscallException when the kernel refuses it
   */
  synchronized List<Answer> request(MessageWriter message, Supplier<String> description) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Reply reply = new Reply(++sequence);
      kernel.sockets().send(fd, message.finish(reply.number));
      while (!reply.complete) {
        readDatagram(reply, description);
      }
      if (!reply.interrupted) {
        return reply.answers;
      }
    }
    throw new SyscallException(
        description.get(), Errno.EINTR.intValue(), "the list changes faster than it can be read");
  }

  /** Messages that arrive unasked; blocks until there is a datagram. */
  synchronized List<Answer> events() {
    Reply unasked = new Reply(0);
    readDatagram(unasked, () -> "netlink event");
    return unasked.answers;
  }

  /** What has come of the answer to one request. */
  private static final class Reply {
    private final int number;
    private final List<Answer> answers = new ArrayList<>();
    private boolean complete;
    private boolean interrupted;

    Reply(int number) {
      this.number = number;
    }
  }

  private void readDatagram(Reply reply, Supplier<String> description) {
    int length = kernel.sockets().receive(fd, buffer, RECEIVE_SIZE);
    ByteBuffer datagram =
        ByteBuffer.wrap(NativeArena.getBytes(buffer, length)).order(ByteOrder.nativeOrder());
    while (datagram.remaining() >= HEADER && !reply.complete) {
      int start = datagram.position();
      int size = datagram.getInt();
      int type = datagram.getShort() & 0xffff;
      int flags = datagram.getShort() & 0xffff;
      int replyTo = datagram.getInt();
      if (size < HEADER || size > datagram.limit() - start) {
        throw new MalformedMessageException("netlink message claims " + size + " bytes");
      }
      ByteBuffer payload =
          datagram.slice(start + HEADER, size - HEADER).order(ByteOrder.nativeOrder());
      datagram.position(Math.min(start + MessageWriter.align(size), datagram.limit()));
      if (replyTo == reply.number) { // else the tail of an answer that was given up
        reply.interrupted |= (flags & NLM_F_DUMP_INTR) != 0;
        take(reply, type, flags, payload, description);
      }
    }
  }

  private static void take(
      Reply reply, int type, int flags, ByteBuffer payload, Supplier<String> description) {
    if (type == NLMSG_ERROR) {
      check(payload, flags, description);
      reply.complete = true;
    } else if (type == NLMSG_DONE) {
      checkEnd(payload, description);
      reply.complete = true;
    } else if (type >= NLMSG_MIN_TYPE) {
      reply.answers.add(new Answer(type, payload));
    }
  }

  /** The end of a list carries 0, or the errno for which the kernel told no more of it. */
  private static void checkEnd(ByteBuffer payload, Supplier<String> description) {
    if (payload.remaining() < 4) {
      throw new MalformedMessageException("netlink end of a list is cut short");
    }
    int errno = -payload.getInt(0);
    if (errno > 0) {
      throw new SyscallException(description.get(), errno);
    }
  }

  /** struct nlmsgerr: the errno negated, the head of the request, then the kernel's words. */
  private static void check(ByteBuffer payload, int flags, Supplier<String> description) {
    if (payload.remaining() < 4 + HEADER) {
      throw new MalformedMessageException("netlink error message is cut short");
    }
    int errno = -payload.getInt(0);
    if (errno == 0) {
      return;
    }
    String explanation = "";
    if ((flags & NLM_F_ACK_TLVS) != 0) {
      int request = (flags & NLM_F_CAPPED) != 0 ? HEADER : payload.getInt(4);
      int skip = 4 + MessageWriter.align(Math.min(Math.max(request, HEADER), payload.limit()));
      if (skip <= payload.limit()) {
        ByteBuffer rest = payload.slice(skip, payload.limit() - skip);
        explanation = Attributes.parse(rest).text(NLMSGERR_ATTR_MSG);
      }
    }
    throw new SyscallException(description.get(), errno, explanation);
  }

  @Override
  public synchronized void close() {
    fd.close();
    arena.close();
  }
}
