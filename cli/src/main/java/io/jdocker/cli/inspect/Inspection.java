package io.jdocker.cli.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.format.Document;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks several objects up and prints what was found, then what was not. */
final class Inspection {
  /** Finds one object. */
  interface Lookup {
    JsonElement find(String name) throws IOException;
  }

  private final Session session;
  private final String format;

  Inspection(Session session, String format) {
    this.session = session;
    this.format = format;
  }

  int run(List<String> names, Lookup lookup) throws IOException {
    // What is no template is refused before anything is looked up.
    Optional<Document.Printer> printer =
        format.isEmpty() ? Optional.empty() : Optional.of(Document.printer(format));
    JsonArray found = new JsonArray();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      try {
        found.add(lookup.find(name));
      } catch (ApiException e) {
        problems.add("Error response from daemon: " + e.getMessage());
      } catch (CommandFailure e) {
        problems.add(e.getMessage());
      }
    }
    print(printer, found);
    for (String problem : problems) {
      session.console().error(problem);
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private void print(Optional<Document.Printer> printer, JsonArray found) throws IOException {
    if (printer.isEmpty()) {
      session.console().print(JsonText.pretty(found) + "\n");
      return;
    }
    if (format.equals("json")) {
      session.console().print(JsonText.compact(found) + "\n");
      return;
    }
    StringBuilder text = new StringBuilder();
    try {
      for (JsonElement document : found) {
        text.append(printer.get().print(document)).append('\n');
      }
    } finally {
      // Those before the one that failed were found and printed.
      session.console().print(text.isEmpty() ? "\n" : text.toString());
    }
  }
}
