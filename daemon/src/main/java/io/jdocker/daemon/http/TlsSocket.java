package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A client that speaks TLS. */
final class TlsSocket implements ClientSocket {
  private final Socket plain;
  private final SSLSocket tls;
  private final InputStream input;
  private final OutputStream output;

  /**
   * Not yet greeted.
   *
   * @param plain what TLS is spoken over
   */
  TlsSocket(Socket plain, SSLSocket tls) throws IOException {
    this.plain = plain;
    this.tls = tls;
    this.input = tls.getInputStream();
    this.output = tls.getOutputStream();
  }

  @Override
  public void greet() throws IOException {
    tls.startHandshake();
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  /** With TLS's own word of farewell: Go takes a bare end of file for a broken connection. */
  @Override
  public void end() throws IOException {
    try {
      tls.shutdownOutput();
    } finally {
      plain.close();
    }
  }

  /** Not {@link SSLSocket#close}: that waits for whoever is writing just now. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
