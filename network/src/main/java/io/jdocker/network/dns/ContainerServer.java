package io.jdocker.network.dns;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.network.poll.PollLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The name server of one container. On the loop's thread only. */
final class ContainerServer {
  private static final int SENDER = 16; // struct sockaddr_in
  private static final int BATCH = 64;
  private static final int MOST_FORWARDS = 128;
  private static final int MOST_CONNECTIONS = 32;
  private static final int STREAM_LIMIT = 65535;

  private final Kernel kernel;
  private final PollLoop loop;
  private final Buffer buffer;
  private final Responder responder;
  private final DnsCounts counts;
  private final ServedContainer container;
  private final OutsideSockets outside;
  private final NativeArena memory = new NativeArena();
  private final long sender = memory.allocate(SENDER);
  private final long udpKey;
  private final long tcpKey;
  private final Set<Forward> forwards = new HashSet<>();
  private final Set<ClientConnection> connections = new HashSet<>();

  ContainerServer(
      Kernel kernel,
      PollLoop loop,
      Buffer buffer,
      Responder responder,
      DnsCounts counts,
      ServedContainer container) {
    this.kernel = kernel;
    this.loop = loop;
    this.buffer = buffer;
    this.responder = responder;
    this.counts = counts;
    this.container = container;
    this.outside = new OutsideSockets(kernel, container.namespace());
    udpKey = loop.watch(container.udp(), PollCalls.EPOLLIN, mask -> receive());
    try {
      tcpKey = loop.watch(container.tcp(), PollCalls.EPOLLIN, mask -> accept());
    } catch (SyscallException e) {
      loop.forget(container.udp(), udpKey);
      throw e;
    }
  }

  /** Some queries a turn, so that one container does not keep the others waiting. */
  private void receive() {
    for (int i = 0; i < BATCH; i++) {
      long length =
          kernel
              .sockets()
              .receiveFrom(container.udp(), buffer.address(), Buffer.SIZE, sender, SENDER);
      if (length < 0) {
        return; // no more, or the ICMP error of an answer to a client that has gone
      }
      byte[] client = NativeArena.getBytes(sender, SENDER);
      ask(buffer.copy((int) length), false, answer -> send(answer, client));
    }
  }

  private void send(byte[] answer, byte[] client) {
    kernel.sockets().sendTo(container.udp(), buffer.hold(answer), answer.length, client);
  }

  private void accept() {
    Optional<Fd> accepted;
    try {
      accepted = kernel.sockets().accept(container.tcp());
    } catch (SyscallException outOfDescriptors) {
      return; // the client waits in the backlog until there are some again
    }
    if (connections.size() >= MOST_CONNECTIONS) {
      accepted.ifPresent(Fd::close);
    } else {
      accepted.ifPresent(this::connect);
    }
  }

  private void connect(Fd client) {
    connections.add(
        new ClientConnection(
            kernel,
            loop,
            buffer,
            client,
            (message, reply) -> ask(message, true, reply),
            connections::remove));
  }

  private void ask(byte[] message, boolean stream, Consumer<byte[]> reply) {
    Optional<Query> parsed = Query.parse(message);
    if (parsed.isEmpty()) {
      return;
    }
    Query query = parsed.get();
    int limit = stream ? STREAM_LIMIT : query.udpLimit();
    Optional<byte[]> own = responder.answer(query, container.names(), limit);
    if (own.isPresent()) {
      counts.addAnswered();
      reply.accept(own.get());
      return;
    }
    Upstreams upstreams = container.upstreams();
    if (!upstreams.singleLabels() && query.name().indexOf('.') < 0) {
      counts.addRefused();
      reply.accept(Answer.empty(query, ResponseCode.NXDOMAIN));
    } else if (!upstreams.reachable() || forwards.size() >= MOST_FORWARDS) {
      counts.addRefused();
      reply.accept(Answer.empty(query, ResponseCode.SERVFAIL));
    } else {
      counts.addForwarded();
      forward(query, message, stream, reply);
    }
  }

  private void forward(Query query, byte[] message, boolean stream, Consumer<byte[]> reply) {
    Forward[] self = new Forward[1];
    Consumer<Optional<byte[]>> done =
        answer -> {
          forwards.remove(self[0]);
          reply.accept(answer.orElseGet(() -> Answer.empty(query, ResponseCode.SERVFAIL)));
        };
    Forward.Errand errand =
        new Forward.Errand(
            kernel, loop, outside, buffer, Octets.of(message), container.upstreams(), done);
    self[0] = stream ? new StreamForward(errand) : new DatagramForward(errand);
    forwards.add(self[0]);
    self[0].start();
  }

  /** Ends it, with whatever is under way, and closes its sockets. */
  void close() {
    List.copyOf(forwards).forEach(Forward::abandon);
    forwards.clear();
    List.copyOf(connections).forEach(ClientConnection::close);
    loop.release(container.udp(), udpKey);
    loop.release(container.tcp(), tcpKey);
    container.close();
    memory.close();
  }
}
