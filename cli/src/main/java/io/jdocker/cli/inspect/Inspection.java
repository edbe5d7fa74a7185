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
    try {
      session.console().print(text(found));
    } catch (CommandFailure e) {
      session.console().printLine("");
      throw e;
    }
    for (String problem : problems) {
      session.console().error(problem);
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private String text(JsonArray found) {
    if (format.isEmpty()) {
      return JsonText.pretty(found) + "\n";
    }
    if (format.equals("json")) {
      return Document.print(format, found) + "\n";
    }
    Document.Printer printer = Document.printer(format);
    StringBuilder text = new StringBuilder();
    for (JsonElement document : found) {
      text.append(printer.print(document)).append('\n');
    }
    return text.isEmpty() ? "\n" : text.toString();
  }
}
