package io.jdocker.daemon.crash;

import io.jdocker.daemon.http.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Requests to a daemon that may be gone at any moment, one connection each. Thread-safe. */
final class Api {
  /** What came back; a body cut off is an IOException. */
  record Answer(int status, String body) {}

  private final Path socket;

  Api(Path socket) {
    this.socket = socket;
  }

  Answer get(String path) throws IOException {
    return call("GET", path, "");
  }

  Answer post(String path, String json) throws IOException {
    return call("POST", path, json);
  }

  Answer delete(String path) throws IOException {
    return call("DELETE", path, "");
  }

  private Answer call(String method, String path, String json) throws IOException {
    try (RawClient client = new RawClient(socket)) {
      client.send(
          method
              + " "
              + path
              + " HTTP/1.1\r\n"
              + "Host: docker\r\n"
              + "Connection: close\r\n"
              + "Content-Type: application/json\r\n"
              + "Content-Length: "
              + json.getBytes(StandardCharsets.UTF_8).length
              + "\r\n\r\n"
              + json);
      String head = client.head();
      if (head.endsWith("<end>")) {
        throw new IOException("the daemon went away before it answered");
      }
      int status = Integer.parseInt(head.substring(9, 12));
      return new Answer(status, body(client, head, status));
    }
  }

  private static String body(RawClient client, String head, int status) throws IOException {
    String names = head.toLowerCase(Locale.ROOT);
    if (status == 204 || status == 304) {
      return "";
    }
    if (names.contains("\r\ncontent-length: ")) {
      int at = names.indexOf("\r\ncontent-length: ") + 18;
      int length = Integer.parseInt(names.substring(at, names.indexOf('\r', at)));
      String body = client.exactly(length);
      if (body.length() < length) {
        throw new IOException("the daemon went away in the middle of its answer");
      }
      return body;
    }
    return names.contains("\r\ntransfer-encoding: chunked") ? unchunk(client) : client.rest();
  }

  private static String unchunk(RawClient client) throws IOException {
    String raw = client.rest();
    StringBuilder body = new StringBuilder();
    int at = 0;
    while (true) {
      int end = raw.indexOf("\r\n", at);
      if (end < 0) {
        throw new IOException("the daemon went away in the middle of its answer");
      }
      int size = Integer.parseInt(raw.substring(at, end), 16);
      if (size == 0) {
        return body.toString();
      }
      if (end + 2 + size > raw.length()) {
        throw new IOException("the daemon went away in the middle of its answer");
      }
      body.append(raw, end + 2, end + 2 + size);
      at = end + 2 + size + 2;
    }
  }
}
