package io.jdocker.examples.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Totals of customers in a server that speaks Redis' protocol (RESP): the three commands that are
 * needed, without a library. One thread at a time.
 */
public final class TotalCache implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  public TotalCache(String host, int port) throws IOException {
    socket = new Socket(host, port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
  }

  public OptionalLong total(String customer) throws IOException {
    send("GET", customer);
    // $-1 is "no such key"; else the length comes first, then the value.
    return line().equals("$-1") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(line()));
  }

  public void put(String customer, long cents) throws IOException {
    send("SET", customer, Long.toString(cents));
    line();
  }

  public void forget(String customer) throws IOException {
    send("DEL", customer);
    line();
  }

  private void send(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      command.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    out.write(command.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null || line.startsWith("-")) {
      throw new IOException("the cache answered " + line);
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
