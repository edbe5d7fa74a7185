package io.jdocker.cli.system;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Document;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.Moments;
import io.jdocker.cli.format.Timestamps;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/** {@code jdocker events}: one line as each thing happens. */
public final class EventsVerb implements Verb {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "events",
            "[OPTIONS]",
            "Get real time events from the server",
            ArgumentCount.none(),
            Flags.stream(
                new FlagTable()
                    .add(
                        FlagKind.FILTER,
                        'f',
                        "filter",
                        "Filter output based on conditions provided")
                    .add(FlagKind.STRING, "since", "Show all events created since timestamp")
                    .add(FlagKind.STRING, "until", "Stream events until this timestamp")))
        .alsoCalled("system events", "events");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Instant now = Instant.now();
    Query query =
        Query.of("/events")
            .with("since", Moments.unix("", line.text("since"), now))
            .with("until", Moments.unix("", line.text("until"), now))
            .with("filters", Filters.json(line.list("filter")));
    String format = line.text("format");
    Optional<Document.Printer> printer =
        format.isEmpty() ? Optional.empty() : Optional.of(Document.printer(format));
    try (Response stream = session.api().open("GET", query)) {
      JsonLines events = new JsonLines(stream.body());
      for (Optional<ApiObject> next = events.next(); next.isPresent(); next = events.next()) {
        ApiObject event = next.get();
        String text = printer.isPresent() ? print(printer.get(), format, event) : text(event);
        session.console().printLine(text);
      }
    }
    return 0;
  }

  /** The fields that only some events have are there for a template, but not in the document. */
  private static String print(Document.Printer printer, String format, ApiObject event) {
    if (!format.contains("json")) {
      for (String field : List.of("status", "id", "from")) {
        if (!event.has(field)) {
          event.json().addProperty(field, "");
        }
      }
    }
    return printer.print(event.json());
  }

  /** {@code TIME TYPE ACTION ID (name=value, ...)}. */
  private static String text(ApiObject event) {
    ApiObject actor = event.object("Actor");
    String id = actor.has("ID") ? actor.text("ID") : event.text("id");
    String action = event.has("Action") ? event.text("Action") : event.text("status");
    StringJoiner attributes = new StringJoiner(", ", " (", ")").setEmptyValue("");
    Map<String, String> sorted = new TreeMap<>(actor.map("Attributes"));
    sorted.forEach((name, value) -> attributes.add(name + "=" + value));
    return time(event) + " " + event.text("Type") + " " + action + " " + id + attributes;
  }

  private static String time(ApiObject event) {
    long nanos = event.number("timeNano");
    Instant moment =
        nanos == 0
            ? Instant.ofEpochSecond(event.number("time"))
            : Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    return Timestamps.nanoseconds(moment);
  }
}
