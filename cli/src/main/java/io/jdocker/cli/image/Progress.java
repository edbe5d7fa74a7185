package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import io.jdocker.cli.terminal.ScreenWidth;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The engine's reports of long work, shown as they come: bars on a terminal, lines elsewhere. */
public final class Progress {
  private final ProgressDisplay display;

  Progress(ProgressDisplay display) {
    this.display = display;
  }

  /** On standard output: the verb is about that work. */
  public static Progress onOutput(Session session, boolean quiet) {
    return of(session.console().out(), 1, quiet);
  }

  /** On standard error: standard output is for something else. */
  public static Progress onErrors(Session session, boolean quiet) {
    return of(session.console().err(), 2, quiet);
  }

  private static Progress of(OutputStream out, int descriptor, boolean quiet) {
    if (quiet) {
      return new Progress(report -> {});
    }
    return new Progress(
        StandardStream.isTerminal(descriptor)
            ? new ProgressBars(out, ScreenWidth.of(descriptor), System::nanoTime)
            : new ProgressLines(out));
  }

  /**
   * Shows all of an answer, and closes it.
   *
   * @return the last report that had a status; empty when there was none
   * @throws CommandFailure when the engine reports an error
   */
  public Optional<ApiObject> follow(Response response) throws IOException {
    try (response) {
      JsonLines lines = new JsonLines(response.body());
      Optional<ApiObject> last = Optional.empty();
      for (Optional<ApiObject> next = lines.next(); next.isPresent(); next = lines.next()) {
        ApiObject report = next.get();
        if (report.has("error")) {
          throw new CommandFailure(report.text("error"));
        }
        display.show(report);
        last = report.has("status") ? next : last;
      }
      return last;
    }
  }
}
