package io.jdocker.cli.container;

import com.google.gson.JsonElement;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker diff}: a letter and a path for each change. */
public final class DiffVerb implements Verb {
  private static final String LETTERS = "CAD";

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "diff",
            "CONTAINER",
            "Inspect changes to files or directories on a container's filesystem",
            ArgumentCount.exactly(1),
            new FlagTable())
        .alsoCalled("container diff", "diff");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    JsonElement changes = session.api().get(ContainerPaths.of(line.argument(0), "changes"));
    StringBuilder text = new StringBuilder();
    if (changes.isJsonArray()) {
      for (ApiObject change : ApiObject.list(changes)) {
        int kind = (int) change.number("Kind");
        text.append(LETTERS.charAt(kind)).append(' ').append(change.text("Path")).append('\n');
      }
    }
    session.console().print(text.toString());
    return 0;
  }
}
