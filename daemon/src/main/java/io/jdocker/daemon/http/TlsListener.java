package io.jdocker.daemon.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TCP port with TLS. Clients are greeted on their own threads: a slow one holds up nobody. */
public final class TlsListener implements Listener {
  private static final int BACKLOG = 128;

  private final ServerSocket socket;
  private final SSLContext context;
  private final boolean verified;

  private TlsListener(ServerSocket socket, SSLContext context, boolean verified) {
    this.socket = socket;
    this.context = context;
    this.verified = verified;
  }

  /**
   * Binds a port.
   *
   * @param verified only clients with a certificate that the context trusts are let in
   */
  public static TlsListener bind(InetSocketAddress address, SSLContext context, boolean verified)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    return new TlsListener(socket, context, verified);
  }

  /** Where it listens; the port that was chosen where 0 was asked for. */
  public SocketAddress address() {
    return socket.getLocalSocketAddress();
  }

  @Override
  public ClientSocket accept() throws IOException {
    Socket plain;
    try {
      plain = socket.accept();
    } catch (IOException e) {
      if (socket.isClosed()) {
        throw new ClosedChannelException();
      }
      throw e;
    }
    try {
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
      tls.setUseClientMode(false);
      tls.setNeedClientAuth(verified);
      return new TlsSocket(plain, tls);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
