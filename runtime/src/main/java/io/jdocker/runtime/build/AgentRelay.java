package io.jdocker.runtime.build;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A socket for a step that leads to the client's ssh agent. Not the agent's own: that one belongs
 * to the client's user, and a step may run as another. Its keys never leave the agent.
 */
final class AgentRelay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AgentRelay.class.getName());
  private static final int BUFFER = 1 << 14;

  private final Path agent;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  /**
   * @param socket where to listen: a new name
   * @param agent the agent's socket
   */
  AgentRelay(Kernel kernel, Path socket, Path agent) {
    this.agent = agent;
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    // Through the folder's descriptor: unix(7) takes 107 bytes of a path.
    try (Fd folder = kernel.files().open(socket.getParent().toString(), flags, 0)) {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(
          UnixDomainSocketAddress.of(
              Path.of(folder.procPath()).resolve(socket.getFileName().toString())));
    } catch (IOException e) {
      throw new SystemFailure("cannot listen at " + socket + ": " + e.getMessage(), e);
    }
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "jdocker-ssh-agent");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        open.add(client);
        SocketChannel to = SocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(to);
        if (!server.isOpen()) {
          close();
          return;
        }
        connect(client, to);
      }
    } catch (AsynchronousCloseException closed) {
      return; // the step is over
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "ssh agent {0}: {1}", agent, e.getMessage());
    }
  }

  private void connect(SocketChannel client, SocketChannel to) {
    try {
      to.connect(UnixDomainSocketAddress.of(agent));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "ssh agent {0}: {1}", agent, e.getMessage());
      end(client, to);
      return;
    }
    start(() -> copy(client, to));
    start(() -> copy(to, client));
  }

  private void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      end(from, to);
    }
  }

  private void end(SocketChannel... channels) {
    for (SocketChannel channel : channels) {
      open.remove(channel);
      try {
        channel.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing a connection to an ssh agent", e);
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the socket of an ssh agent", e);
    }
    end(open.toArray(SocketChannel[]::new));
  }
}
