package io.jdocker.cli.stats;

import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import java.io.IOException;
import java.util.Optional;

/** Brings the samples of one container to the board, on a thread and a connection of its own. */
final class Feed {
  private final ApiClient api;
  private final Board board;
  private final String container;
  private final boolean follows;

  /**
   * @param follows a sample a second until the container is gone; else one
   */
  Feed(ApiClient api, Board board, String container, boolean follows) {
    this.api = api;
    this.board = board;
    this.container = container;
    this.follows = follows;
  }

  Thread start() {
    Thread thread = new Thread(this::run, "stats " + container);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void run() {
    Query query = Query.of("/containers/", container, "/stats").with("stream", follows ? "1" : "0");
    try (ApiClient own = api.another();
        Response stream = own.open("GET", query)) {
      JsonLines samples = new JsonLines(stream.body());
      for (Optional<ApiObject> next = samples.next(); next.isPresent(); next = samples.next()) {
        board.show(container, next.get());
      }
      if (follows) {
        board.remove(container);
      }
    } catch (ApiException e) {
      board.fail(container, "Error response from daemon: " + e.getMessage());
    } catch (IOException e) {
      board.fail(container, e.getMessage());
    }
  }
}
