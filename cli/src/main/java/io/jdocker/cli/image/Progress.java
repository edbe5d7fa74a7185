package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import java.io.IOException;
import java.util.Optional;

/** The daemon's progress reports, printed one a line. */
public final class Progress {
  private final JsonLines lines;

  Progress(Response response) {
    this.lines = new JsonLines(response.body());
  }

  /** Posts a request and prints its progress on standard error. */
  public static void print(Session session, Query query, boolean quiet) throws IOException {
    try (Response response = session.api().open("POST", query)) {
      Progress progress = new Progress(response);
      for (Optional<ApiObject> next = progress.next(); next.isPresent(); next = progress.next()) {
        String line = line(next.get());
        if (!quiet && !line.isEmpty()) {
          session.console().error(line);
        }
      }
    }
  }

  /**
   * The next report.
   *
   * @throws CommandFailure when it is the daemon's error
   */
  Optional<ApiObject> next() throws IOException {
    Optional<ApiObject> next = lines.next();
    if (next.isPresent() && next.get().has("error")) {
      throw new CommandFailure(next.get().text("error"));
    }
    return next;
  }

  private static String line(ApiObject report) {
    boolean isPartial = report.object("progressDetail").has("current");
    if (isPartial) {
      return "";
    }
    String id = report.text("id");
    return id.isEmpty() ? report.text("status") : id + ": " + report.text("status");
  }
}
