package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection that is a plain stream of bytes now. One thread may read while another writes. */
public final class Hijack {
  private final ClientSocket client;
  private final InputStream input;
  private final OutputStream output;

  Hijack(ClientSocket client, InputStream input) {
    this.client = client;
    this.input = input;
    this.output = client.output();
  }

  /**
   * What the client sends, beginning with what came together with the request. Its end means that
   * the client has shut down its sending side; it may well go on reading.
   */
  public InputStream input() {
    return input;
  }

  /** To the client, unbuffered. */
  public OutputStream output() {
    return output;
  }

  /** Closes both directions; a thread blocked in a read or write gets an IOException. */
  public void close() throws IOException {
    client.close();
  }
}
