package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.Unsupported;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The columns that ps(1) options ask for. */
final class PsColumns {
  private record Column(String title, Function<ProcessRow, String> text) {}

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMdd", Locale.ENGLISH);

  private static final Column PID = new Column("PID", row -> Integer.toString(row.pid()));
  private static final Column PPID = new Column("PPID", row -> Integer.toString(row.parent()));
  private static final Column TTY = new Column("TTY", ProcessRow::terminal);
  private static final Column TIME = new Column("TIME", row -> duration(row.cpuTime()));
  private static final Column COMMAND = new Column("COMMAND", ProcessRow::command);
  private static final Column CPU = new Column("%CPU", row -> decimal(row.cpuShare()));

  private final List<Column> columns;

  private PsColumns(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * Reads {@code -ef}, {@code aux} or {@code -o pid,ppid,user,comm,args,stat,time,tty}.
   *
   * @throws Unsupported for other options
   */
  static PsColumns parse(String options) {
    String text = options.strip();
    return switch (text) {
      case "-ef", "-e -f", "ef", "-f", "-fe" ->
          new PsColumns(
              List.of(
                  new Column("UID", ProcessRow::user),
                  PID,
                  PPID,
                  new Column("C", row -> Integer.toString((int) row.cpuShare())),
                  new Column("STIME", row -> moment(row.started())),
                  TTY,
                  TIME,
                  new Column("CMD", ProcessRow::command)));
      case "aux", "-aux" ->
          new PsColumns(
              List.of(
                  new Column("USER", ProcessRow::user),
                  PID,
                  CPU,
                  new Column("VSZ", row -> Long.toString(row.virtualBytes() / 1024)),
                  new Column("RSS", row -> Long.toString(row.residentBytes() / 1024)),
                  TTY,
                  new Column("STAT", ProcessRow::state),
                  new Column("START", row -> moment(row.started())),
                  TIME,
                  COMMAND));
      default -> chosen(text);
    };
  }

  private static PsColumns chosen(String text) {
    String list = text.replaceFirst("^(-e(o| -o)|-?[aAx]*o) *", "");
    if (list.equals(text)) {
      throw unsupported(text);
    }
    List<Column> columns = new ArrayList<>();
    for (String name : list.split("[, ]+", -1)) {
      columns.add(column(name, text));
    }
    return new PsColumns(columns);
  }

  private static Column column(String name, String options) {
    return switch (name) {
      case "pid" -> PID;
      case "ppid" -> PPID;
      case "user", "uname", "euser" -> new Column("USER", ProcessRow::user);
      case "tty", "tt", "tname" -> TTY;
      case "time", "cputime" -> TIME;
      case "stat", "state", "s" -> new Column("STAT", ProcessRow::state);
      case "args", "command", "cmd" -> COMMAND;
      case "comm", "ucmd" -> new Column("COMMAND", row -> row.command().split("[ /]", 2)[0]);
      case "pcpu", "%cpu" -> CPU;
      case "rss" -> new Column("RSS", row -> Long.toString(row.residentBytes() / 1024));
      case "vsz" -> new Column("VSZ", row -> Long.toString(row.virtualBytes() / 1024));
      default -> throw unsupported(options);
    };
  }

  private static Unsupported unsupported(String options) {
    return new Unsupported(
        "ps options \""
            + options
            + "\" are not supported by this version of jdocker; use -ef, aux or -o pid,args,...");
  }

  List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  List<String> of(ProcessRow row) {
    return columns.stream().map(column -> column.text().apply(row)).toList();
  }

  private static String duration(Duration time) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  /** The time of today, the day otherwise, as ps shows it. */
  private static String moment(Instant time) {
    boolean recent = Duration.between(time, Instant.now()).toHours() < 24;
    return (recent ? CLOCK : DAY).withZone(ZoneId.systemDefault()).format(time);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
