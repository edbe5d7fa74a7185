package io.jdocker.cli.stats;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code jdocker stats}: a table that is painted again and again, or once. */
public final class StatsVerb implements Verb {
  private static final String TABLE =
      "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}"
          + "\t{{.PIDs}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "Container", "CONTAINER",
          "ID", "CONTAINER ID",
          "Name", "NAME",
          "CPUPerc", "CPU %",
          "MemUsage", "MEM USAGE / LIMIT",
          "MemPerc", "MEM %",
          "NetIO", "NET I/O",
          "BlockIO", "BLOCK I/O",
          "PIDs", "PIDS");
  private static final long REPAINT_MILLIS = 500;

  /** console_codes(4): to the upper left corner; and from there, erase all that is below. */
  private static final String HOME = "\033[H";

  private static final String ERASE_LINE = "\033[K";
  private static final String ERASE_BELOW = "\033[J";

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "stats",
            "[OPTIONS] [CONTAINER...]",
            "Display a live stream of container(s) resource usage statistics",
            ArgumentCount.atLeast(0),
            Flags.list(
                new FlagTable()
                    .add(
                        FlagKind.BOOL,
                        'a',
                        "all",
                        "Show all containers (default shows just running)")
                    .add(
                        FlagKind.BOOL,
                        "no-stream",
                        "Disable streaming stats and only pull the first result")
                    .add(FlagKind.BOOL, "no-trunc", "Do not truncate output")))
        .alsoCalled("container stats", "stats");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean once = line.isSet("no-stream");
    Board board = new Board();
    List<Thread> feeds = new ArrayList<>();
    List<String> named = line.arguments();
    if (!named.isEmpty() || once) {
      List<String> containers = named.isEmpty() ? listed(line, session) : named;
      containers.forEach(
          container -> watch(session, board, container, !once).ifPresent(feeds::add));
      return once ? paintOnce(line, session, board, feeds) : repaint(line, session, board, true);
    }
    try (Arrivals arrivals =
        new Arrivals(
            session.api(),
            board,
            container -> watch(session, board, container, true),
            line.isSet("all"))) {
      listed(line, session).forEach(container -> watch(session, board, container, true));
      arrivals.start();
      return repaint(line, session, board, false);
    }
  }

  private static List<String> listed(Parsed line, Session session) throws IOException {
    Query query = Query.of("/containers/json").when(line.isSet("all"), "all");
    return ApiObject.list(session.api().get(query)).stream().map(c -> c.text("Id")).toList();
  }

  private static Optional<Thread> watch(
      Session session, Board board, String container, boolean follows) {
    if (!board.add(container)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Feed(session.api(), board, container, follows).start());
    } catch (IOException e) {
      board.fail(container, e.getMessage());
      return Optional.empty();
    }
  }

  private static int paintOnce(Parsed line, Session session, Board board, List<Thread> feeds)
      throws IOException {
    try {
      for (Thread feed : feeds) {
        feed.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for samples", e);
    }
    if (board.failures().isEmpty()) {
      session.console().print(text(line, board));
    }
    return report(session, board);
  }

  /**
   * Paints until everything that was asked for has gone, or the user has had enough.
   *
   * @param ends with the last container; else others may come
   */
  private static int repaint(Parsed line, Session session, Board board, boolean ends)
      throws IOException {
    try {
      do {
        Thread.sleep(REPAINT_MILLIS);
        String lines = text(line, board).replace("\n", ERASE_LINE + "\n");
        session.console().print(HOME + lines + ERASE_BELOW);
      } while (board.failures().isEmpty() && !(ends && board.usages().isEmpty()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return report(session, board);
  }

  private static String text(Parsed line, Board board) {
    List<Row> rows =
        board.usages().stream().map(usage -> usage.row(line.isSet("no-trunc"))).toList();
    return new Listing(TABLE, TITLES).print(line.text("format"), rows);
  }

  private static int report(Session session, Board board) throws IOException {
    for (String failure : board.failures()) {
      session.console().error(failure);
    }
    return board.failures().isEmpty() ? 0 : 1;
  }
}
