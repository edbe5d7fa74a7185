package io.jdocker.cli.inspect;

import com.google.gson.JsonElement;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker inspect}: whatever has that name or id. */
public final class InspectVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "inspect",
        "[OPTIONS] NAME|ID [NAME|ID...]",
        "Return low-level information on Docker objects",
        ArgumentCount.atLeast(1),
        Flags.document(
            new FlagTable()
                .add(
                    FlagKind.BOOL, 's', "size", "Display total file sizes if the type is container")
                .add(FlagKind.STRING, "type", "Only inspect objects of the given type")));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String type = line.text("type");
    if (line.has("type") && ObjectKind.named(type).isEmpty()) {
      throw new CommandFailure("\"" + type + "\" is not a valid value for --type");
    }
    return new Inspection(session, line.text("format"))
        .run(line.arguments(), name -> find(session, name, type, line.isSet("size")));
  }

  private static JsonElement find(Session session, String name, String type, boolean sized)
      throws IOException {
    for (ObjectKind kind : ObjectKind.values()) {
      if (!type.isEmpty() && !type.equals(kind.word())) {
        continue;
      }
      try {
        return session.api().get(kind.query(name, sized));
      } catch (ApiException e) {
        if (!e.isNotFound() || !type.isEmpty()) {
          throw e;
        }
      }
    }
    throw new CommandFailure("Error: No such object: " + name);
  }
}
