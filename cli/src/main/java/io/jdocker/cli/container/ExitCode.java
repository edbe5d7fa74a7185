package io.jdocker.cli.container;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import java.io.Closeable;
import java.io.IOException;

/** A pending answer of POST /containers/X/wait: asked before the start, read at the end. */
final class ExitCode implements Closeable {
  private static final int UNKNOWN = 125;

  private final Response response;

  private ExitCode(Response response) {
    this.response = response;
  }

  /**
   * Asks, on a connection of its own.
   *
   * @param condition {@code next-exit}, {@code removed}, or empty for not running
   */
  static ExitCode ask(ApiClient api, String container, String condition) throws IOException {
    return new ExitCode(
        api.another()
            .open("POST", ContainerPaths.of(container, "wait").with("condition", condition)));
  }

  /** Waits for the answer. */
  int await() throws IOException {
    ApiObject answer =
        new JsonLines(response.body())
            .next()
            .orElseThrow(() -> new CommandFailure("the daemon went away while waiting", UNKNOWN));
    if (answer.has("Error") && !answer.object("Error").text("Message").isEmpty()) {
      throw new CommandFailure(
          "Error waiting for container: " + answer.object("Error").text("Message"), UNKNOWN);
    }
    return Math.toIntExact(answer.number("StatusCode"));
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
