package io.jdocker.cli.compose;

import com.google.gson.JsonObject;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Moments;
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
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/** {@code jdocker compose events}: what happens to the project's containers. */
record EventsVerb(ComposeOptions options) implements Verb {
  private static final long NANOS = 1_000_000_000L;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "compose events",
        "[OPTIONS] [SERVICE...]",
        "Receive real time events from containers",
        ArgumentCount.atLeast(0),
        new FlagTable()
            .add(FlagKind.BOOL, "json", "Output events as a stream of json objects")
            .add(FlagKind.STRING, "since", "Show all events created since timestamp")
            .add(FlagKind.STRING, "until", "Stream events until this timestamp"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Known known = Known.of(session, options, line.arguments());
    Instant now = Instant.now();
    Query query =
        Query.of("/events")
            .with("since", Moments.unix("", line.text("since"), now))
            .with("until", Moments.unix("", line.text("until"), now))
            .with(
                "filters",
                Filters.json(
                    List.of("type=container", Labels.filter(Labels.PROJECT, known.name()))));
    try (Response stream = session.api().open("GET", query)) {
      JsonLines events = new JsonLines(stream.body());
      for (Optional<ApiObject> next = events.next(); next.isPresent(); next = events.next()) {
        Map<String, String> attributes = next.get().object("Actor").map("Attributes");
        String service = attributes.getOrDefault(Labels.SERVICE, "");
        boolean isWanted = line.arguments().isEmpty() || line.arguments().contains(service);
        boolean isOneOff = attributes.getOrDefault(Labels.ONE_OFF, "").equals("True");
        if (isWanted && !isOneOff) {
          attributes.keySet().removeIf(name -> name.startsWith("com.docker.compose."));
          session.console().printLine(text(next.get(), service, attributes, line.isSet("json")));
        }
      }
    }
    return 0;
  }

  private static String text(
      ApiObject event, String service, Map<String, String> attributes, boolean json) {
    long nanos = event.number("timeNano");
    String time =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault())
            .format(Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS));
    String id = event.object("Actor").text("ID");
    if (json) {
      JsonObject object = new JsonObject();
      object.addProperty("time", time);
      object.addProperty("type", "container");
      object.addProperty("service", service);
      object.addProperty("id", id);
      object.addProperty("action", event.text("Action"));
      JsonObject all = new JsonObject();
      attributes.forEach(all::addProperty);
      object.add("attributes", all);
      return object.toString();
    }
    StringJoiner joined = new StringJoiner(", ", " (", ")").setEmptyValue("");
    new TreeMap<>(attributes).forEach((name, value) -> joined.add(name + "=" + value));
    return time + " container " + event.text("Action") + " " + id + joined;
  }
}
