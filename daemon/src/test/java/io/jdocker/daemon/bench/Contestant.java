package io.jdocker.daemon.bench;

import io.jdocker.daemon.bench.ApiConnection.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An engine by its socket, and what is asked of it. One thread. */
final class Contestant implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"Id\":\\s*\"([0-9a-f]{64})\"");

  private final Path socket;
  private final ApiConnection api;

  Contestant(Path socket) throws IOException {
    this.socket = socket;
    this.api = new ApiConnection(socket);
  }

  /** Creates; its id. */
  String create(String request) throws IOException {
    Answer answer = api.ask("POST", "/containers/create", request);
    Matcher id = ID.matcher(answer.body());
    if (!id.find()) {
      throw new IOException("no Id in: " + answer.body());
    }
    return id.group(1);
  }

  void start(String id) throws IOException {
    api.ask("POST", "/containers/" + id + "/start", "");
  }

  /** Waits until it does not run, and insists on exit code 0. */
  void await(String id) throws IOException {
    String body = api.ask("POST", "/containers/" + id + "/wait", "").body();
    if (!body.matches("(?s).*\"StatusCode\":\\s*0\\b.*")) {
      throw new IOException("the container failed: " + body);
    }
  }

  /** Runs a command in a container, waits for its end, and insists on exit code 0. */
  void exec(String id, String command) throws IOException {
    String request = "{\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":" + command + "}";
    Matcher exec = ID.matcher(api.ask("POST", "/containers/" + id + "/exec", request).body());
    if (!exec.find()) {
      throw new IOException("no Id of an exec");
    }
    String path = "/exec/" + exec.group(1);
    // The stream ends with its connection, so it has one of its own, as with every client.
    try (ApiConnection stream = new ApiConnection(socket)) {
      stream.askForStream(path + "/start", "{\"Detach\":false,\"Tty\":false}");
    }
    String ended = api.ask("GET", path + "/json", "").body();
    if (!ended.matches("(?s).*\"ExitCode\":\\s*0\\b.*")) {
      throw new IOException("the command failed: " + ended);
    }
  }

  /** One sample of what a container uses. */
  void stats(String id) throws IOException {
    api.ask("GET", "/containers/" + id + "/stats?stream=false&one-shot=true", "");
  }

  /** Without waiting for it to heed a signal. */
  void stop(String id) throws IOException {
    api.ask("POST", "/containers/" + id + "/stop?t=0", "");
  }

  void remove(String id, boolean force) throws IOException {
    api.ask("DELETE", "/containers/" + id + (force ? "?force=1" : ""), "");
  }

  @Override
  public void close() throws IOException {
    api.close();
  }
}
