package io.jdocker.network.etcd;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * One POST on a connection of its own. The socket belongs to the calling thread's network
 * namespace; nothing is sent twice, pooled or shared with another engine of the process. Closing it
 * from another thread ends a read.
 */
final class HttpCall implements Closeable {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int OK = 200;

  private final Socket socket;
  private final BufferedReader body;
  private final int status;

  private HttpCall(Socket socket, BufferedReader body, int status) {
    this.socket = socket;
    this.body = body;
    this.status = status;
  }

  /**
   * Sends the request and waits for the head of the answer.
   *
   * @param readMillis how long to wait for each piece of the answer
   */
  static HttpCall post(
      EtcdEndpoint endpoint, SSLSocketFactory tls, String path, String json, int readMillis)
      throws IOException {
    Socket socket = connect(endpoint, tls, readMillis);
    try {
      DefaultBHttpClientConnection connection =
          new DefaultBHttpClientConnection(Http1Config.DEFAULT);
      connection.bind(socket);
      BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", path);
      request.setHeader("Host", endpoint.authority());
      request.setHeader("Connection", "close");
      StringEntity entity = new StringEntity(json, ContentType.APPLICATION_JSON);
      request.setHeader("Content-Type", "application/json");
      request.setHeader("Content-Length", entity.getContentLength());
      request.setEntity(entity);
      connection.sendRequestHeader(request);
      connection.sendRequestEntity(request);
      connection.flush();
      ClassicHttpResponse response = connection.receiveResponseHeader();
      connection.receiveResponseEntity(response);
      Reader reader =
          response.getEntity() == null
              ? Reader.nullReader()
              : new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8);
      return new HttpCall(socket, new BufferedReader(reader), response.getCode());
    } catch (HttpException e) {
      socket.close();
      throw new IOException("the answer is not HTTP: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket connect(EtcdEndpoint endpoint, SSLSocketFactory tls, int readMillis)
      throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException("unknown host " + endpoint.host());
      }
      socket.connect(address, CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(readMillis);
      return endpoint.tls() ? secured(socket, endpoint, tls) : socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket plain, EtcdEndpoint endpoint, SSLSocketFactory tls)
      throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // off by default on bare sockets
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  boolean isOk() {
    return status == OK;
  }

  int status() {
    return status;
  }

  /** The whole answer. */
  String text() throws IOException {
    StringBuilder text = new StringBuilder();
    char[] piece = new char[4096];
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      text.append(piece, 0, count);
    }
    return text.toString();
  }

  /** The next line of an answer that comes in lines; null at its end. */
  String line() throws IOException {
    return body.readLine();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
