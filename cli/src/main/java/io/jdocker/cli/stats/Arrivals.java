package io.jdocker.cli.stats;

import io.jdocker.cli.format.Filters;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells of containers that come and go while all are watched. */
final class Arrivals implements Closeable {
  private final ApiClient api;
  private final Response events;
  private final Board board;
  private final Consumer<String> watch;
  private final boolean all;

  /**
   * Listens from now on: what happens before {@link #start} is not lost.
   *
   * @param watch begins to watch a container that has come
   * @param all those that do not run, too
   */
  Arrivals(ApiClient api, Board board, Consumer<String> watch, boolean all) throws IOException {
    this.api = api.another();
    this.board = board;
    this.watch = watch;
    this.all = all;
    this.events =
        this.api.open(
            "GET", Query.of("/events").with("filters", Filters.json(List.of("type=container"))));
  }

  void start() {
    Thread thread = new Thread(this::run, "stats events");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      JsonLines lines = new JsonLines(events.body());
      for (Optional<ApiObject> next = lines.next(); next.isPresent(); next = lines.next()) {
        take(next.get());
      }
    } catch (IOException | ApiException e) {
      board.fail("", e.getMessage());
    }
  }

  private void take(ApiObject event) {
    String id = event.object("Actor").text("ID");
    switch (event.text("Action")) {
      case "create" -> {
        if (all) {
          watch.accept(id);
        }
      }
      case "start" -> watch.accept(id);
      case "die" -> {
        if (!all) {
          board.remove(id);
        }
      }
      case "destroy" -> board.remove(id);
      default -> {
        // Nothing that adds or takes away a line.
      }
    }
  }

  @Override
  public void close() throws IOException {
    events.close();
    api.close();
  }
}
