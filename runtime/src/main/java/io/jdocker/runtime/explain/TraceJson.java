package io.jdocker.runtime.explain;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import java.util.List;
import java.util.Optional;

/** Traces as JSON. Durations are nanoseconds; what is not there is left out. Thread-safe. */
public final class TraceJson {
  private final Gson pretty = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private final Gson compact = new GsonBuilder().disableHtmlEscaping().create();

  /** One effect, as it is written. */
  private record Effect(
      Stage stage, String purpose, String call, String result, Long nanos, String shell) {
    static Effect of(TraceEntry entry) {
      return new Effect(
          entry.stage(),
          entry.purpose(),
          entry.call(),
          entry.result(),
          entry.nanos() == 0 ? null : entry.nanos(),
          entry.shell().orElse(null));
    }

    TraceEntry entry() {
      if (stage == null || purpose == null || call == null || result == null) {
        throw new JsonParseException("a part of an entry is missing");
      }
      return new TraceEntry(
          stage, purpose, call, result, nanos == null ? 0 : nanos, Optional.ofNullable(shell));
    }
  }

  private record Story(
      String id, String name, String image, List<String> command, List<Effect> entries) {}

  /** An effect on one line, without the line's end. */
  public String line(TraceEntry entry) {
    return compact.toJson(Effect.of(entry));
  }

  /** The container and its trace, for people and programs. */
  String explanation(Explanation explanation) {
    Subject subject = explanation.subject();
    return pretty.toJson(
            new Story(
                subject.id(),
                subject.name(),
                subject.image(),
                subject.command(),
                explanation.entries().stream().map(Effect::of).toList()))
        + "\n";
  }

  /** A trace for keeping: a line for each effect. */
  String lines(List<TraceEntry> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(line(entry)).append('\n'));
    return text.toString();
  }

  /**
   * Reads what {@link #lines} wrote.
   *
   * @throws JsonParseException when it is something else
   */
  List<TraceEntry> read(String text) {
    return text.lines().map(line -> compact.fromJson(line, Effect.class).entry()).toList();
  }
}
