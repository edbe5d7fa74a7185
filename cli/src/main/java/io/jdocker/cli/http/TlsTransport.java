package io.jdocker.cli.http;

import io.jdocker.linux.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TCP with TLS. */
final class TlsTransport implements ByteTransport {
  private final Socket plain;
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;

  private TlsTransport(Socket plain, SSLSocket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /**
   * Connects, and agrees on TLS.
   *
   * @throws io.jdocker.linux.failure.InvalidArgument for files that are no certificates
   * @throws IOException when nobody listens, or one end does not trust the other
   */
  static ByteTransport connect(InetSocketAddress address, ClientTls tls) throws IOException {
    TlsFiles files =
        new TlsFiles(
            tls.verified() ? Optional.of(tls.authority()) : Optional.empty(),
            existing(tls.certificate()),
            existing(tls.key()));
    Socket plain = new Socket(address.getHostString(), address.getPort());
    try {
      SSLSocket socket =
          (SSLSocket)
              files
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, address.getHostString(), address.getPort(), true);
      if (tls.verified()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return new TlsTransport(plain, socket);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Optional<Path> existing(Path file) {
    return Optional.of(file).filter(Files::exists);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return in.read(target, offset, length);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    out.write(source, offset, length);
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Not {@link SSLSocket#close}: that waits for whoever is writing just now. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
