package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A unix socket, or a TCP port without TLS. */
public final class ChannelListener implements Listener {
  private static final int BACKLOG = 128;

  private final ServerSocketChannel channel;
  private final Optional<Path> file;

  private ChannelListener(ServerSocketChannel channel, Optional<Path> file) {
    this.channel = channel;
    this.file = file;
  }

  /**
   * Binds a unix socket. Replaces what is at its path, so the caller holds a lock that makes it the
   * only server there. The file goes when this is closed.
   *
   * @throws IOException when the path is longer than 107 bytes (unix(7)) or cannot be made
   */
  public static ChannelListener unix(Path socket) throws IOException {
    // bind(2) gives the mode that the umask leaves. Under its final name nobody ever sees the
    // socket with another mode than 0660.
    Path draft = socket.resolveSibling("." + socket.getFileName());
    Files.deleteIfExists(draft);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(draft), BACKLOG);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-rw----"));
      Files.move(draft, socket, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      listener.close();
      Files.deleteIfExists(draft);
      throw e;
    }
    return new ChannelListener(listener, Optional.of(socket));
  }

  /** Binds a TCP port; whoever reaches it is let in. */
  public static ChannelListener tcp(InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    return new ChannelListener(listener, Optional.empty());
  }

  /**
   * The socket that this process was started with as its standard input, as systemd does with
   * {@code StandardInput=socket}. Its file is whoever's who made it.
   *
   * @throws InvalidArgument when there is none
   */
  public static ChannelListener inherited() throws IOException {
    Channel channel = System.inheritedChannel();
    if (channel instanceof ServerSocketChannel listener) {
      return new ChannelListener(listener, Optional.empty());
    }
    throw new InvalidArgument(
        "fd:// needs a listening socket as standard input, and there is none: start it by"
            + " systemd's socket unit, or choose -H unix://PATH");
  }

  /** Where it listens; the port that was chosen where 0 was asked for. */
  public SocketAddress address() throws IOException {
    return channel.getLocalAddress();
  }

  @Override
  public ClientSocket accept() throws IOException {
    return new ChannelSocket(channel.accept());
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
    channel.close();
  }
}
